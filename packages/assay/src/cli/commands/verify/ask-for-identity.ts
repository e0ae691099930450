import { inspect, inspectModel } from "../../../api/inspect.ts";
import { AssayError } from "../../../core/error.ts";
import type { CommandContext } from "../../command.ts";
import { OPTION_TABLE, type OptionName } from "../../command-line/options.ts";
import type { OptionValues } from "../../command-line/tokens.ts";
import { serverAccess } from "../../inputs/model-options.ts";
import { readNamedSignature } from "../../inputs/signature.ts";
import { shellCommand, shellQuote } from "../../text/shell-quote.ts";

/**
 * The answer to `verify sigstore` without an identity, or without its provider: who claims to have signed, that it is
 * not verified, and the command that verifies it. Any keyless signature would pass otherwise: anyone can get a
 * certificate for their own name.
 *
 * Throws what reading the signature throws.
 */
export async function askForIdentity(model: string, values: OptionValues, context: CommandContext): Promise<AssayError> {
  const { cwd } = context;
  const named = values.text("signature");
  const { method, claimed } =
    named === undefined
      ? await inspectModel(model, { cwd, ...serverAccess(context) })
      : await inspect(await readNamedSignature(named), { cwd });
  if (claimed.kind !== "certificate" || claimed.keyless === undefined) return otherMethod(method, model, named);
  const { identity, identityProvider } = claimed.keyless;
  // A name that was given stays: a signature's claim must not replace it in a command to paste.
  const missing = [...missingWords(values, "identity", identity), ...missingWords(values, "identity-provider", identityProvider)];
  const words = ["assay", "verify", "sigstore", model, ...missing, ...givenWords(values)];
  return new AssayError(
    "IDENTITY_MISSING",
    `${question(missing)} The signature claims to be by ${identity}, vouched for by ${identityProvider}; ` +
      "that is not verified, and anyone can sign as themselves",
    {
      suggestion: { lead: "if that is the signer you expect", line: shellCommand(words) },
    },
  );
}

type Expected = "identity" | "identity-provider";

function missingWords(values: OptionValues, name: Expected, claimed: string): string[] {
  return values.text(name) === undefined && values.text(`${name}-regexp`) === undefined ? [`--${name}`, claimed] : [];
}

function question(missing: readonly string[]): string {
  if (!missing.includes("--identity")) return "--identity-provider is missing: who must vouch for the signer.";
  if (!missing.includes("--identity-provider")) return "--identity is missing: whose signature is expected.";
  return "--identity and --identity-provider say whose signature is expected.";
}

/** The options that were given, so that the command asks the same question; except those for output. */
function givenWords(values: OptionValues): string[] {
  return values.names().flatMap((name: OptionName) => {
    if (OPTION_TABLE[name].group === "output") return [];
    const flag = values.flag(name);
    if (flag !== undefined) return flag ? [`--${name}`] : [`--no-${name}`];
    const texts = OPTION_TABLE[name].repeatable === true ? values.texts(name) : values.texts(name).slice(-1);
    return texts.flatMap((text) => [`--${name}`, text]);
  });
}

/** `signature` as it was named: without it, the command would verify another one, or find none. */
function otherMethod(method: string, model: string, signature: string | undefined): AssayError {
  const trust = method === "key" ? "--public-key PUBLIC_KEY" : "--certificate-chain ROOT_CERTIFICATE";
  const rest = signature === undefined ? "" : ` --signature ${shellQuote(signature)}`;
  return new AssayError("USAGE", `not a keyless signature: it was made with a ${method}`, {
    suggestion: {
      lead: "verify it with",
      line: `assay verify ${method === "key" ? "key" : "certificate"} ${shellQuote(model)} ${trust}${rest}`,
    },
  });
}
