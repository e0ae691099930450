import { crc32 } from "node:zlib";
import { bytes, littleEndian } from "./bytes.ts";
import { SparseFile } from "./sparse-file.ts";

/** One tensor of so many bytes, which are nowhere but in the file. */
export function largeSafetensors(length: number): SparseFile {
  const header = bytes(JSON.stringify({ a: { dtype: "F32", shape: [length / 4], data_offsets: [0, length] } }));
  const start = bytes(littleEndian(header.length, 8), header);
  return new SparseFile(start.length + length, [[0, start]]);
}

interface Member {
  readonly name: string;
  readonly content?: Uint8Array;
  readonly size: number;
  readonly crc: number;
}

/** `torch.save({"w": torch.zeros(numbers)})`, in 32 bits; the storage's bytes are nowhere but in the file. */
export function largeTorchArchive(numbers: number): SparseFile {
  const stored = (name: string, content: Uint8Array): Member => ({ name, content, size: content.length, crc: crc32(content) });
  const members: Member[] = [
    stored("archive/data.pkl", tensorPickle(numbers)),
    stored("archive/byteorder", bytes("little")),
    { name: "archive/data/0", size: numbers * 4, crc: 0x12345678 },
    stored("archive/version", bytes("3\n")),
  ];
  const pieces: [number, Uint8Array][] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const { name, content, size, crc } of members) {
    const facts = bytes(littleEndian(crc, 4), littleEndian(size, 4), littleEndian(size, 4), littleEndian(name.length, 2));
    // The data begins at a multiple of 64: PyTorch pads with a field "FB" of the local header.
    const padding = 64 - ((at + 30 + name.length + 4) % 64);
    const local = bytes("PK\u0003\u0004", [0, 0, 0, 8, 0, 0, 0, 0, 0, 0], facts, littleEndian(padding + 4, 2), name);
    pieces.push([at, bytes(local, "FB", littleEndian(padding, 2), new Uint8Array(padding).fill(0x5a), content ?? bytes())]);
    directory.push(bytes("PK\u0001\u0002", [0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0], facts, new Uint8Array(12), littleEndian(at, 4), name));
    at += local.length + 4 + padding + size;
  }
  const central = bytes(...directory);
  const count = littleEndian(members.length, 2);
  const end = bytes("PK\u0005\u0006", [0, 0, 0, 0], count, count, littleEndian(central.length, 4), littleEndian(at, 4), [0, 0]);
  pieces.push([at, bytes(central, end)]);
  return new SparseFile(at + central.length + end.length, pieces);
}

function tensorPickle(numbers: number): Uint8Array {
  const text = (value: string): Uint8Array => bytes("X", littleEndian(value.length, 4), value);
  const whole = bytes("J", littleEndian(numbers, 4));
  const storage = bytes("(", text("storage"), "ctorch\nFloatStorage\n", text("0"), text("cpu"), whole, "tQ");
  const shape = bytes("K\u0000", whole, [0x85], "K\u0001", [0x85]);
  const tensor = bytes("ctorch._utils\n_rebuild_tensor_v2\n(", storage, shape, [0x89], "ccollections\nOrderedDict\n)RtR");
  return bytes([0x80, 2], "}", text("w"), tensor, "s.");
}
