import { ByteCursor } from "../byte-cursor.ts";
import { malformed, notUnderstood } from "../format-error.ts";
import { PageCache } from "../page-cache.ts";
import type { RandomAccess } from "../random-access.ts";
import { FlatTable } from "./flat-table.ts";

const MAX_BYTES = 256 * 1024 * 1024;
const MAX_TABLES = 2_000_000;
const SCHEMA_VERSION = 3;
/** Bits of one element by TensorType: tensorflow/compiler/mlir/lite/schema/schema.fbs of 2.21. */
const TYPES: ReadonlyMap<number, readonly [name: string, bits: number]> = new Map([
  [0, ["F32", 32]],
  [1, ["F16", 16]],
  [2, ["I32", 32]],
  [3, ["U8", 8]],
  [4, ["I64", 64]],
  [6, ["BOOL", 8]],
  [7, ["I16", 16]],
  [8, ["C64", 64]],
  [9, ["I8", 8]],
  [10, ["F64", 64]],
  [11, ["C128", 128]],
  [12, ["U64", 64]],
  [15, ["U32", 32]],
  [16, ["U16", 16]],
  [17, ["I4", 4]],
  [18, ["BF16", 16]],
]);

/** An operator: its number in the format, or the name of a custom one. */
export interface TfliteOperator {
  readonly code: number;
  readonly custom: string | undefined;
  readonly offset: number;
}

export interface TfliteModel {
  readonly operators: readonly TfliteOperator[];
  readonly tensors: number;
  readonly elements: number;
  readonly bytes: number;
  readonly types: readonly string[];
}

/**
 * Reads a TensorFlow Lite model: its operators, and the tensors that have their numbers in it, which must have as many
 * bytes as their shape needs.
 *
 * @throws FormatError
 */
export async function readTflite(file: RandomAccess): Promise<TfliteModel> {
  const pages = new PageCache(file, MAX_BYTES);
  const head = new ByteCursor(await pages.read(0, 8));
  const root = head.u32();
  if (!head.signature("TFL3")) malformed("does not begin as TensorFlow Lite", 4);
  const model = await FlatTable.open(pages, root);
  const version = await model.u32(0);
  if (version !== SCHEMA_VERSION) notUnderstood(`has version ${version ?? 0} of the schema`, model.at);
  const operators: TfliteOperator[] = [];
  for await (const code of model.tables(1)) {
    if (operators.length > MAX_TABLES) notUnderstood("has more operators than are read", code.at);
    // The older field has no room for numbers beyond 127; the newer is 0 where it is not used.
    const number = Math.max((await code.u8(0)) ?? 0, (await code.u32(3)) ?? 0);
    operators.push({ code: number, custom: await code.text(1), offset: code.at });
  }
  const buffers: number[] = [];
  for await (const buffer of model.tables(4)) {
    if (buffers.length > MAX_TABLES) notUnderstood("has more buffers than are read", buffer.at);
    if (((await buffer.u64(1)) ?? 0) > 1) notUnderstood("has buffers behind the model", buffer.at);
    buffers.push((await buffer.vector(0, 1))?.count ?? 0);
  }
  return { operators, ...(await readTensors(model, buffers)) };
}

async function readTensors(model: FlatTable, buffers: readonly number[]): Promise<Omit<TfliteModel, "operators">> {
  const types = new Set<string>();
  let [graphs, tensors, elements, bytes] = [0, 0, 0, 0];
  for await (const graph of model.tables(2)) {
    graphs++;
    for await (const tensor of graph.tables(0)) {
      if (++tensors > MAX_TABLES) notUnderstood("has more tensors than are read", tensor.at);
      const number = (await tensor.u32(2)) ?? 0;
      const length = buffers[number];
      if (length === undefined) malformed("has a tensor in a buffer that is missing", tensor.at);
      const type = TYPES.get((await tensor.u8(1)) ?? 0);
      // Buffer 0 is empty, and that of a tensor which is computed. Texts have no fixed size, sparse tensors their own.
      if (length === 0 || type === undefined) continue;
      const size = (await tensor.numbers(0)).reduce((product, dimension) => product * dimension, 1);
      const isSparse = (await tensor.u32(6)) !== undefined;
      if (!isSparse && length !== Math.ceil((size * type[1]) / 8)) {
        malformed(`has a tensor of ${length} bytes, its shape needs ${Math.ceil((size * type[1]) / 8)}`, tensor.at);
      }
      elements += size;
      bytes += length;
      types.add(type[0]);
    }
  }
  if (graphs === 0) malformed("has no graph", model.at);
  return { tensors, elements, bytes, types: [...types].sort() };
}
