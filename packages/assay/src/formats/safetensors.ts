import type { FilePart } from "../probe/folder.ts";
import { damaged, NO_FACTS, type WeightsReading } from "./reading.ts";

/** The format's own limit is 100 MB; real headers have a few megabytes at most. */
const MOST_HEADER = 32 * 1024 * 1024;
const MOST_TENSORS = 1_000_000;

/**
 * Reads the header of a safetensors file: eight bytes of length, then JSON that names every tensor with its
 * type, shape and place. The places must fill the rest of the file exactly, so that a file that was cut off
 * is not taken for weights.
 */
export function readSafetensors(head: FilePart, read: (from: number, length: number) => Uint8Array | undefined): WeightsReading {
  if (head.size < 10) return damaged("it is too short for a header");
  const length = new DataView(head.bytes.buffer, head.bytes.byteOffset).getBigUint64(0, true);
  if (length > BigInt(head.size - 8)) return damaged(`its header claims ${length} bytes, more than the file has`);
  if (length > MOST_HEADER) return damaged(`its header claims ${length} bytes, more than any model needs`);
  const bytes = read(8, Number(length));
  if (bytes === undefined || bytes.length !== Number(length)) return { kind: "unreadable" };
  const header = parse(bytes);
  if (header === undefined) return damaged("its header is no JSON object");
  return countTensors(header, head.size - 8 - Number(length));
}

function countTensors(header: ReadonlyMap<string, unknown>, dataLength: number): WeightsReading {
  let [tensors, parameters, end, held] = [0, 0, 0, 0];
  const types = new Set<string>();
  let statedName: string | undefined;
  let statedLicense: string | undefined;
  for (const [name, value] of header) {
    const entry = asMap(value);
    if (entry === undefined) return damaged("a tensor in its header is no object");
    if (name === "__metadata__") {
      statedName = text(entry.get("modelspec.title")) ?? text(entry.get("name"));
      statedLicense = text(entry.get("modelspec.license")) ?? text(entry.get("license"));
      continue;
    }
    const place = placeOf(entry);
    if (place === undefined || place.end > dataLength) return damaged("a tensor in its header has no place in the file");
    if ((tensors += 1) > MOST_TENSORS) return damaged("its header names more tensors than any model has");
    parameters += place.count;
    held += place.length;
    end = Math.max(end, place.end);
    types.add(place.type);
  }
  if (tensors === 0) return damaged("its header names no tensor");
  if (end !== dataLength) return damaged(`its tensors end at byte ${end} of ${dataLength}: it was cut off or added to`);
  if (held !== dataLength) return damaged("its tensors lie over each other or leave gaps");
  if (parameters === 0) return damaged("its tensors hold no number");
  return {
    kind: "weights",
    facts: { ...NO_FACTS, format: "safetensors", tensors, parameters, types: [...types].sort(), statedName, statedLicense },
  };
}

function placeOf(entry: ReadonlyMap<string, unknown>): { type: string; count: number; length: number; end: number } | undefined {
  const [type, shape, offsets] = [entry.get("dtype"), entry.get("shape"), entry.get("data_offsets")];
  if (typeof type !== "string" || !/^[A-Z][A-Z0-9_]{1,15}$/.test(type)) return undefined;
  if (!Array.isArray(shape) || shape.length > 32 || !Array.isArray(offsets) || offsets.length !== 2) return undefined;
  const count = shape.reduce((product: number, size: unknown) => product * (isCount(size) ? size : Number.NaN), 1);
  const [start, end]: unknown[] = offsets;
  if (!Number.isSafeInteger(count) || !isCount(start) || !isCount(end) || start > end) return undefined;
  const bits = BITS.get(type);
  if (bits !== undefined && count * bits !== (end - start) * 8) return undefined;
  return { type, count, length: end - start, end };
}

/** How large a number of each type is; newer types than these are taken as they come. */
const BITS: ReadonlyMap<string, number> = new Map([
  ...["F64", "I64", "U64", "C64"].map((type) => [type, 64] as const),
  ...["F32", "I32", "U32"].map((type) => [type, 32] as const),
  ...["F16", "BF16", "I16", "U16"].map((type) => [type, 16] as const),
  ...["I8", "U8", "BOOL", "F8_E4M3", "F8_E5M2"].map((type) => [type, 8] as const),
]);

function parse(bytes: Uint8Array): ReadonlyMap<string, unknown> | undefined {
  try {
    return asMap(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
  } catch {
    return undefined;
  }
}

function asMap(value: unknown): ReadonlyMap<string, unknown> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : undefined;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value.length <= 200 ? value : undefined;
}
