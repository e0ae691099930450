/** A bundle's JSON as an object to change, with `patch` laid over it; `undefined` removes a member. */
export function bundleJson(patch: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json",
    verificationMaterial: { publicKey: { hint: "ab".repeat(32) }, tlogEntries: [] },
    dsseEnvelope: envelopeJson(),
    ...patch,
  };
}

export function envelopeJson(patch: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    payload: base64('{"_type":"x"}'),
    payloadType: "application/vnd.in-toto+json",
    signatures: [{ sig: base64("sig"), keyid: "" }],
    ...patch,
  };
}

export function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

export function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
