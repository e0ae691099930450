import type { JsonNode } from "../../encoding/json.ts";
import { bitsOf } from "./data-types.ts";

const MAX_TENSORS = 1_000_000;
const MAX_DIMENSIONS = 32;
const MAX_TEXT = 200;

/** What the header says of all tensors together, or why it does not describe this file. */
export type Header =
  | {
      readonly tensors: number;
      readonly parameters: number;
      readonly types: readonly string[];
      readonly statedName: string | undefined;
      readonly statedLicense: string | undefined;
      /** What other readers may take in another way, as the end of a sentence: an unknown type, an unknown field. */
      readonly doubts: readonly string[];
    }
  | { readonly why: string };

const FIELDS: ReadonlySet<string> = new Set(["dtype", "shape", "data_offsets"]);

/** Checks the header against the `dataLength` bytes that follow it. */
export function readHeader(header: JsonNode, dataLength: number): Header {
  const types = new Set<string>();
  const doubts = new Set<string>();
  const ranges: Range[] = [];
  let parameters = 0;
  let stated: { statedName: string | undefined; statedLicense: string | undefined } = { statedName: undefined, statedLicense: undefined };
  for (const [name, entry] of header.members()) {
    if (entry.kind !== "object") return { why: `the tensor ${shorten(name)} is not a JSON object` };
    if (name === METADATA) {
      for (const [, value] of entry.members()) if (value.kind !== "string") return { why: "the metadata has a value that is not a string" };
      stated = statements(entry);
      continue;
    }
    const tensor = readTensor(entry);
    if (tensor === undefined) return { why: `the tensor ${shorten(name)} has no valid type, shape and range` };
    if (tensor.end > dataLength) {
      return { why: `the tensor ${shorten(name)} ends ${tensor.end - dataLength} bytes behind the end of the file: it is truncated` };
    }
    if (ranges.length === MAX_TENSORS) return { why: `the header has more than ${MAX_TENSORS.toLocaleString("en-US")} tensors` };
    for (const [field] of entry.members()) if (!FIELDS.has(field)) doubts.add(`has a tensor with an unknown field: ${shorten(field)}`);
    if (bitsOf(tensor.type) === undefined) doubts.add(`has tensors of the unknown type ${tensor.type}`);
    parameters += tensor.count;
    ranges.push(tensor);
    types.add(tensor.type);
  }
  const why = misplaced(ranges, dataLength);
  if (why !== undefined) return { why };
  return { tensors: ranges.length, parameters, types: [...types].sort(), doubts: [...doubts].slice(0, MAX_DOUBTS), ...stated };
}

/** The names of all tensors. */
export function* tensorNames(header: JsonNode): Generator<string> {
  for (const [name] of header.members()) if (name !== METADATA) yield name;
}

const METADATA = "__metadata__";
const MAX_DOUBTS = 5;

/** Bytes behind the header. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** The ranges, sorted, must follow each other without overlap and gap from the first byte to the last. */
function misplaced(ranges: Range[], dataLength: number): string | undefined {
  ranges.sort((a, b) => a.start - b.start || a.end - b.end);
  let at = 0;
  for (const { start, end } of ranges) {
    if (start !== at) return `tensors overlap or leave gaps: one ends at byte ${at}, the next begins at byte ${start}`;
    at = end;
  }
  return at === dataLength ? undefined : `truncated or extended: the tensors end at byte ${at}, the file at byte ${dataLength}`;
}

function readTensor(entry: JsonNode): (Range & { readonly type: string; readonly count: number }) | undefined {
  const type = textOf(entry.get("dtype"));
  const shape = numbersOf(entry.get("shape"));
  const offsets = numbersOf(entry.get("data_offsets"));
  if (type === undefined || !/^[A-Z][A-Z0-9_]{1,15}$/.test(type)) return undefined;
  if (shape === undefined || offsets?.length !== 2) return undefined;
  const count = countOf(shape);
  const [start = 0, end = 0] = offsets;
  if (count === undefined || start > end) return undefined;
  const bits = bitsOf(type);
  // Types that are not known yet are accepted with any size.
  if (bits !== undefined && count * bits !== (end - start) * 8) return undefined;
  return { type, count, start, end };
}

/** The product; undefined where it is too large on the way, even if a 0 follows: readers that multiply then overflow. */
function countOf(shape: readonly number[]): number | undefined {
  let count = 1;
  for (const size of shape) {
    count *= size;
    if (!Number.isSafeInteger(count)) return undefined;
  }
  return count;
}

/** An array of few whole numbers from 0 on. */
function numbersOf(node: JsonNode | undefined): number[] | undefined {
  if (node?.kind !== "array" || node.valueCount > MAX_DIMENSIONS + 1) return undefined;
  const numbers: number[] = [];
  for (const element of node.elements()) {
    if (element.kind !== "number") return undefined;
    const value = element.natural();
    if (value === undefined) return undefined;
    numbers.push(value);
  }
  return numbers;
}

function statements(metadata: JsonNode): { statedName: string | undefined; statedLicense: string | undefined } {
  const text = (key: string): string | undefined => textOf(metadata.get(key));
  return {
    statedName: text("modelspec.title") ?? text("name"),
    statedLicense: text("modelspec.license") ?? text("license"),
  };
}

function textOf(node: JsonNode | undefined): string | undefined {
  if (node?.kind !== "string") return undefined;
  const text = node.string();
  return text.length <= MAX_TEXT ? text : undefined;
}

function shorten(name: string): string {
  return name.length <= 60 ? name : `${name.slice(0, 59)}…`;
}
