import { fileURLToPath } from "node:url";
import { AssayError } from "../../core/error.ts";
import { readBounded } from "../../files/read-bounded.ts";
import type { Pkcs11Uri } from "./uri.ts";

export interface PinSources {
  readonly uri: Pkcs11Uri;
  /** Used where the URI says nothing of a PIN. */
  readonly pin: string | undefined;
  /** Asks a person, where the others are silent; undefined where no one can be asked. */
  readonly askPin: ((question: string) => Promise<string>) | undefined;
}

/**
 * The PIN for a token, from the first that has one: `pin-value` or `pin-source` of the URI, what the caller
 * gives, a person. Throws PKCS11_PIN where none has, PKCS11_URI for a source that is not read, and what reading
 * the file throws.
 */
export async function findPin({ uri, pin, askPin }: PinSources, question: string): Promise<string> {
  const found = uri.pinValue ?? (uri.pinSource === undefined ? pin : readPinFile(uri.pinSource)) ?? (await askPin?.(question));
  if (found !== undefined && found !== "") return found;
  throw new AssayError("PKCS11_PIN", "no PIN: the token requires one", {
    hint: "put it in ASSAY_PKCS11_PIN, name a file that holds it (pin-source=file:/path in the URI), or answer at a terminal",
  });
}

/** RFC 7512 section 2.4: a file with the PIN, without one line break at its end. */
function readPinFile(source: string): string {
  const bytes = readBounded(pathOf(source), "PIN file", 4096);
  return new TextDecoder().decode(bytes).replace(/\r?\n$/, "");
}

function pathOf(source: string): string {
  if (source.startsWith("|")) {
    throw new AssayError("PKCS11_URI", "the URI's pin-source is a command, and commands in URIs are not run", {
      hint: "put what it prints into ASSAY_PKCS11_PIN",
    });
  }
  if (source.startsWith("/")) return source;
  if (/^file:(?:\/\/(?:localhost)?)?\//.test(source)) {
    try {
      return fileURLToPath(source);
    } catch {
      // Said below: the URL may be anything.
    }
  }
  throw new AssayError("PKCS11_URI", "the URI's pin-source is neither an absolute path nor a file: URL of one");
}
