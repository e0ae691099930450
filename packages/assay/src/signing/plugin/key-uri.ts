import { AssayError } from "../../core/error.ts";

/** Who reads a key's URI. */
export type KeyUriKind = "pkcs11" | "vault" | "plugin";

const SCHEME = /^([a-z][a-z0-9-]{0,31}):\/\/(.+)$/su;
const VAULTS: ReadonlySet<string> = new Set(["hashivault", "openbao"]);
/** Schemes that name something else than a holder of keys, so that a plug-in by that name would only confuse. */
const NOT_HOLDERS: ReadonlySet<string> = new Set(["file", "http", "https"]);

/**
 * Which signer a `--key-uri` is for, told by its scheme: `pkcs11:` a token, `hashivault://` and `openbao://`
 * a Vault, any other `NAME://…` the plug-in `sigstore-kms-NAME`. Throws KEY_URI for what has none of these forms.
 */
export function keyUriKind(uri: string): KeyUriKind {
  if (uri.startsWith("pkcs11:")) return "pkcs11";
  return VAULTS.has(splitKeyUri(uri).scheme) ? "vault" : "plugin";
}

/** The scheme of a `SCHEME://REST` and what follows it, unchanged. Throws KEY_URI. */
export function splitKeyUri(uri: string): { readonly scheme: string; readonly rest: string } {
  const [, scheme = "", rest = ""] = SCHEME.exec(uri) ?? [];
  if (scheme === "") {
    throw new AssayError("KEY_URI", "the key's URI is not of the form NAME://KEY, with a NAME of lowercase letters, digits and hyphens", {
      hint: "for example hashivault://models, awskms:///alias/models, or pkcs11:token=release;object=models",
    });
  }
  if (NOT_HOLDERS.has(scheme)) {
    throw new AssayError("KEY_URI", `a ${scheme} URL names no holder of keys`, { remedy: "use-key-file" });
  }
  // It travels as a program's argument, which ends at the first NUL.
  if (rest.includes("\0")) throw new AssayError("KEY_URI", "the key's URI holds a NUL character");
  return { scheme, rest };
}
