import { parseJson } from "../encoding/json.ts";
import { AssayError } from "../core/error.ts";
import { readPackageFile } from "../files/package-file.ts";
import type { SigstoreInstance } from "./instance.ts";

export type ShippedName = "sigstore.dev" | "sigstage.dev";

/** The largest file there has a few kilobytes. */
const LIMIT = 1024 * 1024;

/**
 * An instance that the package knows: the public good instance (`sigstore.dev`) or its staging
 * (`sigstage.dev`), with the trusted root as it was when the package was made. Reads files of the
 * package, nothing else.
 *
 * Throws TRUST_UNAVAILABLE where the installation lacks them.
 */
export function shippedInstance(name: ShippedName, root?: string): SigstoreInstance {
  try {
    const read = (file: string): Uint8Array => readPackageFile(`data/${file}`, "shipped trusted root", LIMIT, root);
    const facts = parseJson(read("instances.json"), { what: "list of shipped trusted roots", shapeCode: "TRUST_UNAVAILABLE" }).require(
      name,
    );
    const date = new Date(facts.require("date").string());
    if (Number.isNaN(date.getTime())) facts.fail(`the date of ${name} is malformed`);
    return {
      name,
      repository: facts.require("repository").string(),
      tufRoot: read(`${name}/root.json`),
      shipped: { trustedRoot: read(`${name}/trusted_root.json`), signingConfig: read(`${name}/signing_config.json`), date },
    };
  } catch (cause) {
    if (!(cause instanceof AssayError)) throw cause;
    throw new AssayError("TRUST_UNAVAILABLE", `this installation of Assay lacks the trusted root of ${name}: ${cause.message}`, {
      cause,
      remedy: "reinstall-or-name-root",
    });
  }
}
