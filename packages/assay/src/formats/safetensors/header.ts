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
    }
  | { readonly why: string };

/** Checks the header against the `dataLength` bytes that follow it. */
export function readHeader(header: JsonNode, dataLength: number): Header {
  const types = new Set<string>();
  const ranges: Range[] = [];
  let parameters = 0;
  let stated: { statedName: string | undefined; statedLicense: string | undefined } = { statedName: undefined, statedLicense: undefined };
  for (const [name, entry] of header.members()) {
    if (entry.kind !== "object") return { why: `the tensor ${shorten(name)} is not a JSON object` };
    if (name === "__metadata__") {
      stated = statements(entry);
      continue;
    }
    const tensor = readTensor(entry);
    if (tensor === undefined || tensor.end > dataLength) return { why: `the tensor ${shorten(name)} has no valid type, shape and range` };
    if (ranges.length === MAX_TENSORS) return { why: `the header has more than ${MAX_TENSORS.toLocaleString("en-US")} tensors` };
    parameters += tensor.count;
    ranges.push(tensor);
    types.add(tensor.type);
  }
  if (ranges.length === 0) return { why: "the header has no tensor" };
  const why = misplaced(ranges, dataLength);
  if (why !== undefined) return { why };
  if (parameters === 0) return { why: "the tensors are empty" };
  return { tensors: ranges.length, parameters, types: [...types].sort(), ...stated };
}

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
  const count = shape.reduce((product, size) => product * size, 1);
  const [start = 0, end = 0] = offsets;
  if (!Number.isSafeInteger(count) || start > end) return undefined;
  const bits = bitsOf(type);
  // Types that are not known yet are accepted with any size.
  if (bits !== undefined && count * bits !== (end - start) * 8) return undefined;
  return { type, count, start, end };
}

/** An array of few whole numbers from 0 on. */
function numbersOf(node: JsonNode | undefined): number[] | undefined {
  if (node?.kind !== "array" || node.valueCount > MAX_DIMENSIONS + 1) return undefined;
  const numbers: number[] = [];
  for (const element of node.elements()) {
    if (element.kind !== "number") return undefined;
    const value = element.number();
    if (!Number.isSafeInteger(value) || value < 0) return undefined;
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
