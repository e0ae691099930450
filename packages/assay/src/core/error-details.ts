import type { ErrorCode } from "./error-codes.ts";

type Method = "key" | "certificate" | "sigstore";

/**
 * What an error of a code says in data, beside its message. A code without an entry has no details.
 * Add an entry where code must decide by more than the code, or where a text needs a name or number
 * again: never take either from the message.
 */
export interface ErrorDetails {
  readonly ABORTED: {
    /** At what the work was: "while the log was asked". */
    readonly when: string;
    /** What is true after it all the same, each with its own "; " before it: what is public by now. */
    readonly aftermath: string;
  };
  /** Whether the bundle names another key than the caller's; only the wording hangs on it. */
  readonly SIGNATURE_INVALID: { readonly namesOtherKey: boolean };
  readonly METHOD_MISMATCH: { readonly asked: Method; readonly signedBy: Method };
  /** The folder that lacks the file that is looked for. */
  readonly FILE_NOT_FOUND: { readonly folder: string };
  readonly SIGNATURE_NOT_FOUND: { readonly folder: string };
  readonly SIGNATURE_AMBIGUOUS: { readonly folder: string; readonly names: readonly string[] };
}

export type DetailedCode = keyof ErrorDetails & ErrorCode;
