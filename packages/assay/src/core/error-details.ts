import type { ErrorCode } from "./error-codes.ts";

type Method = "key" | "certificate" | "sigstore";

/** The purpose that a file was given for. */
export type GivenFileRole = "public key" | "private key" | "certificate" | "revocation list" | "trusted root" | "Sigstore bundle";

/** A file of a known format that was given in the place of another. */
export interface MistakenFile {
  /** What it is, as encoding/known-format.ts names it. */
  readonly format: string;
  readonly role: GivenFileRole;
  /** The name of the file as the caller gave it; undefined for bytes. */
  readonly name: string | undefined;
}

/**
 * The data of an error, by its code, beside the message. A code without an entry has no details.
 * Add an entry where code must decide by more than the code, or where a text needs a name or number
 * again: never take either from the message.
 */
export interface ErrorDetails extends Readonly<Record<MistakenFileCode, MistakenFile> & Record<TextFaultCode, TextFault>> {
  readonly ABORTED: {
    /** The step that was stopped: "while the log was asked". */
    readonly when: string;
    /** What remains all the same, each with its own "; " before it: what is public by now. */
    readonly aftermath: string;
    /** Something was written, and the aftermath says what. */
    readonly isKept?: true;
  };
  /** Whether the bundle names another key than the caller's; only the wording depends on it. */
  readonly SIGNATURE_INVALID: { readonly namesOtherKey: boolean };
  readonly METHOD_MISMATCH: { readonly asked: Method; readonly signedBy: Method };
  /** The folder without the file. */
  readonly FILE_NOT_FOUND: { readonly folder: string };
  readonly SIGNATURE_NOT_FOUND: { readonly folder: string };
  readonly SIGNATURE_AMBIGUOUS: { readonly folder: string; readonly names: readonly string[] };
}

/** Where the fault of a text is; line and column from 1. */
export interface TextFault {
  /** What messages call the text: the name of its file. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Codes of a fault in a YAML text, a policy or a lock file, which have its place as details. */
export type TextFaultCode =
  | "YAML_TOO_LARGE"
  | "YAML_TOO_DEEP"
  | "YAML_SYNTAX"
  | "YAML_DUPLICATE_KEY"
  | "YAML_ALIAS"
  | "POLICY_KEY_UNKNOWN"
  | "POLICY_KEY_MISSING"
  | "POLICY_TYPE"
  | "POLICY_VALUE"
  | "POLICY_VERSION"
  | "POLICY_ALIAS"
  | "POLICY_FILE"
  | "LOCK_SYNTAX";

/** Codes of a file that cannot be read, whose details say what it is where that is known. */
export type MistakenFileCode =
  | "BUNDLE_MEDIA_TYPE"
  | "BUNDLE_SHAPE"
  | "CERTIFICATE_INVALID"
  | "CRL_INVALID"
  | "JSON_ENCODING"
  | "JSON_SYNTAX"
  | "KEY_INVALID"
  | "TRUSTED_ROOT_INVALID";

export type DetailedCode = keyof ErrorDetails & ErrorCode;
