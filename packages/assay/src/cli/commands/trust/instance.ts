import { readGivenFile } from "../../../api/given-files.ts";
import { AssayError } from "../../../core/error.ts";
import type { PrivateInstance } from "../../../index.ts";
import type { OptionValues } from "../../command-line/tokens.ts";
import { readFiles } from "../../inputs/trust.ts";

/** What the options of `assay trust init` say of a private instance. Throws USAGE, and what reading files throws. */
export async function readInstance(values: OptionValues, cwd: string): Promise<PrivateInstance> {
  const [tsaUrl, tsaChain] = [values.text("tsa-url"), values.texts("tsa-chain")];
  if ((tsaUrl === undefined) !== (tsaChain.length === 0)) {
    throw new AssayError("USAGE", "--tsa-url and --tsa-chain must be given together: the timestamp authority's URL, and its certificates");
  }
  return {
    certificateAuthority: {
      url: values.text("fulcio-url") ?? "",
      chain: await readFiles(values.texts("fulcio-chain"), "chain of the certificate authority", cwd),
    },
    log: {
      url: values.text("rekor-url") ?? "",
      key: await readGivenFile(values.text("rekor-key") ?? "", "log's public key", cwd),
      origin: values.text("rekor-origin"),
      version: readVersion(values.text("rekor-version")),
    },
    ctLog: {
      url: values.text("ct-url") ?? "",
      key: await readGivenFile(values.text("ct-key") ?? "", "certificate log's public key", cwd),
    },
    timestampAuthority:
      tsaUrl === undefined ? undefined : { url: tsaUrl, chain: await readFiles(tsaChain, "chain of the timestamp authority", cwd) },
    issuer: values.text("oidc-issuer"),
    validFrom: readDate(values.text("valid-from")),
  };
}

/** The table of options lets through nothing else. */
function readVersion(text: string | undefined): 1 | 2 | undefined {
  if (text === undefined) return undefined;
  return text === "1" ? 1 : 2;
}

/** A day, or a moment with its zone: a time without one would be another on every machine. */
const DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d))?$/u;

function readDate(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const date = DATE.test(text) ? new Date(text) : new Date(Number.NaN);
  // Dates such as February 30 are moved on to March by JavaScript: the day must come back as it was.
  const isReal = !Number.isNaN(date.getTime()) && !(text.length === 10 && date.toISOString().slice(0, 10) !== text);
  if (isReal) return date;
  throw new AssayError("USAGE", `--valid-from "${text}" is not a date`, { hint: "write it as 2026-01-31, or as 2026-01-31T12:00:00Z" });
}
