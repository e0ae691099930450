/** https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
export const STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
/** OMS section 5.1. */
export const PREDICATE_TYPE = "https://model_signing/signature/v1.0";
/** What the reference 0.2.0 wrote: OMS section 5.1, historical note. */
export const HISTORICAL_PREDICATE_TYPE = "https://model_signing/Digests/v0.1";
