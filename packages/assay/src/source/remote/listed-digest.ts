import { createHash } from "node:crypto";
import { AssayError } from "../../core/error.ts";
import type { RemoteFile } from "./remote-model.ts";

/** What is said of a file of which the server gives other bytes than it lists. `found`: their digest, of the kind that is listed. */
export function otherThanListed(host: string, { name, digest }: RemoteFile, found: string): AssayError {
  const what = digest?.kind === "git-blob" ? "git SHA-1" : "SHA-256";
  return new AssayError(
    "REMOTE_DIGEST",
    `${name} is not what ${host} lists: its ${what} is ${found}, and ${digest?.hex ?? "another"} is listed`,
  );
}

/** Checks a file that was read whole. Throws REMOTE_DIGEST. */
export function checkListed(host: string, file: RemoteFile, bytes: Uint8Array): void {
  const { digest } = file;
  if (digest === undefined) return;
  const hash = digest.kind === "sha256" ? createHash("sha256") : createHash("sha1").update(`blob ${bytes.length}\0`);
  const found = hash.update(bytes).digest("hex");
  if (found !== digest.hex) throw otherThanListed(host, file, found);
}
