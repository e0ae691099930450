import { readSignatureFromStandardInput } from "../../api/given-files.ts";

/** What `--signature` and SIGNATURE call standard input or output. */
export const STANDARD_STREAM = "-";

/** The signature that a command line names: its path, or for `-` the bytes of standard input. Throws BUNDLE_TOO_LARGE, FILE_UNREADABLE. */
export async function readNamedSignature(named: string): Promise<string | Uint8Array> {
  return named === STANDARD_STREAM ? readSignatureFromStandardInput() : named;
}
