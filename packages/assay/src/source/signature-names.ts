import { parseBundle } from "../bundle/parse.ts";
import { PAYLOAD_TYPE } from "../bundle/payload-type.ts";
import { isModelStatement } from "../statement/read.ts";

/** The name that the reference writes to, in the current directory. */
export const DEFAULT_SIGNATURE = "model.sig";

/** Where Kaggle keeps the signature of a model. */
export const KAGGLE_SIGNATURE = ".kaggle/signing.json";

/** Whether a name in a model, relative to its root, is one under which signatures are published. */
export function isSignatureName(name: string): boolean {
  if (name === DEFAULT_SIGNATURE || name === KAGGLE_SIGNATURE) return true;
  return (name.endsWith(".oms.sig") || name.endsWith(".sigstore.json")) && !name.includes("/");
}

/** Whether bytes are the bundle of a model's signature: a bundle about something else is a file of the model. */
export function isModelBundle(bytes: Uint8Array): boolean {
  try {
    const { payloadType, payload } = parseBundle(bytes).envelope;
    return payloadType === PAYLOAD_TYPE && isModelStatement(payload);
  } catch {
    return false;
  }
}
