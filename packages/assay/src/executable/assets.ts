// What the single executable has inside of it, in the place of files beside the command. See scripts/executable.mjs.
import { getRawAsset } from "node:sea";
import { AssayError } from "../core/error.ts";

/** The bytes of an asset. Not to be written to: they are the executable itself. Throws INTERNAL where it lacks them. */
export function assetBytes(name: string): Uint8Array {
  try {
    return new Uint8Array(getRawAsset(name));
  } catch (cause) {
    throw new AssayError("INTERNAL", `this executable lacks ${name}`, { cause });
  }
}

/** An asset that is code: ASCII only. */
export function assetText(name: string): string {
  const bytes = assetBytes(name);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
