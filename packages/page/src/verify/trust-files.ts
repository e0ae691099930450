import { readSmall } from "../files/read-small.ts";
import type { SignerQuestion } from "./signer-question.ts";

const MAX_TRUST_BYTES = 1024 * 1024;

/** What a file of the form is for. */
export type TrustPurpose = "key" | "certificate" | "trusted-root";

/** The question after a file was given for it. */
export async function withTrustFiles(asked: SignerQuestion, purpose: TrustPurpose, files: readonly File[]): Promise<SignerQuestion> {
  const contents = await Promise.all(files.map((file) => readSmall(file, MAX_TRUST_BYTES)));
  const [first] = contents;
  if (first === undefined) return asked;
  switch (purpose) {
    case "key":
      return { ...asked, method: "key", key: first };
    case "certificate":
      return { ...asked, method: "certificate", certificates: contents };
    case "trusted-root":
      return { ...asked, method: "sigstore", trustedRoot: first };
  }
}
