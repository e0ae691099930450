import { AssayError } from "../../core/error.ts";

/** Where a fault was found, for messages: `layer 2 of acme/granite:v1`. */
export type LayerPlace = string;

/** A layer that is not understood in full: what is in it, or how readers differ about it. */
export function layerNotUnderstood(place: LayerPlace, why: string): AssayError {
  return new AssayError("REMOTE_FORMAT", `${place} is not understood: ${why}`);
}
