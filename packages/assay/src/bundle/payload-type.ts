/** The DSSE payload type of an in-toto statement, the only one that a model's signature has: OMS section 6.7. */
export const PAYLOAD_TYPE = "application/vnd.in-toto+json";
