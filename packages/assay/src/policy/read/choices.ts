// The words that a policy may use, for its reader and for the published schema.

export const ON_FAIL = ["deny", "warn"] as const;
export const ON_UNKNOWN = ["incomplete", "deny", "warn"] as const;
export const COVERAGE_LEVELS = ["complete", "weights", "signed-files"] as const;
export const PIN_MODES = ["required", "if-present"] as const;
export const LOAD_LEVELS = ["data-only", "any"] as const;
export const DIGEST_LEVELS = ["computed", "attested"] as const;
/** Whether a claim is enough. */
export const BASES = ["found", "claimed"] as const;
export const CERTIFICATE_USAGES = ["code-signing-or-none", "code-signing"] as const;
/** What `@` may name: the framework's and OSI's lists, and why a license is not open. */
export const LICENSE_CATEGORIES = [
  "open",
  "osi",
  "non-commercial",
  "no-derivatives",
  "field-of-use",
  "user-cap",
  "no-grant",
  "not-approved",
] as const;
