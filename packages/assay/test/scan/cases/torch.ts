import { gzipSync } from "node:zlib";
import type { ScanCase } from "../../support/scan/case.ts";
import { call, global, int, npy, pickle, stateDict, storage, tensor, text } from "../../support/scan/pickle.ts";
import { tar } from "../../support/scan/tar.ts";
import { pickleOf, STATE_DICT, torch } from "../../support/scan/torch.ts";
import { zip, type ZipPart } from "../../support/scan/zip.ts";

const EVIL = pickle(2, call("os", "system"));
const EVIL_PART: ZipPart = { name: "archive/data.pkl", data: EVIL };
const GOOD_PART: ZipPart = { name: "archive/data.pkl", data: STATE_DICT };
const STORAGE_PART: ZipPart = { name: "archive/data/0", data: Buffer.alloc(24) };
/** An archive that holds nothing but a harmless pickle and its storage. */
const GOOD = [GOOD_PART, STORAGE_PART];
const ARRAY = npy("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }");

const LARGE_ARRAY = npy("{'descr': '<f4', 'fortran_order': False, 'shape': (20000000,), }", Buffer.alloc(80_000_000));

function benign(name: string, file: string, content: Uint8Array): ScanCase {
  return { name, kind: "benign", files: { [file]: content }, expect: "data-only" };
}

/** Code that some reader of the archive would load, whatever others find. */
const HIDDEN: readonly (readonly [what: string, archive: Uint8Array])[] = [
  ["plain", torch({ "data.pkl": EVIL })],
  ["in another folder", zip([...GOOD, { name: "other/data.pkl", data: EVIL }])],
  ["in upper case", torch({ "data.pkl": false, "DATA.PKL": EVIL })],
  ["in upper case beside another", torch({ "DATA.PKL": EVIL })],
  ["as the second of two members", zip([...GOOD, EVIL_PART])],
  ["as the first of two members", zip([EVIL_PART, ...GOOD])],
  ["deflated", zip([{ ...EVIL_PART, method: 8 }])],
  ["marked as encrypted", zip([{ ...EVIL_PART, flags: 1 }])],
  ["marked as strongly encrypted", zip([{ ...EVIL_PART, flags: 0x40 }])],
  ["marked as patch data", zip([{ ...EVIL_PART, flags: 0x20 }])],
  ["marked as encrypted in front of its data", zip([{ ...EVIL_PART, local: { flags: 1 } }])],
  ["with a wrong checksum", zip([{ ...EVIL_PART, central: { crc: 1 }, local: { crc: 1 } }])],
  ["with another name in front of its data", zip([{ ...EVIL_PART, local: { name: "archive/readme.x" } }])],
  ["with another name in the directory", zip([{ ...EVIL_PART, central: { name: "archive/data/7" } }, ...GOOD])],
  ["in a compression that is unknown", zip([{ ...EVIL_PART, method: 77 }])],
  ["with a size that is too small", zip([{ ...EVIL_PART, central: { size: 3 } }])],
  ["behind a NUL in its name", zip([{ ...EVIL_PART, name: "archive/data.pkl\u0000.txt" }])],
  ["with a backslash in its name", zip([{ ...EVIL_PART, name: "archive\\data.pkl" }])],
  ["without a folder", zip([{ ...EVIL_PART, name: "data.pkl" }])],
  ["in a member that no directory lists", zip([...GOOD, { ...EVIL_PART, isUnlisted: true }])],
  ["in an archive before the archive", zip(GOOD, { prefix: zip([EVIL_PART]) })],
  ["in an archive before the archive that is not counted", zip(GOOD, { prefix: zip([EVIL_PART]), isPrefixUncounted: true })],
  ["in an archive after the archive", zip(GOOD, { suffix: zip([EVIL_PART]) })],
  ["in an archive in the comment", zip(GOOD, { comment: zip([EVIL_PART]) })],
  ["in an archive with bytes after it", zip([EVIL_PART], { suffix: Buffer.from("\n") })],
  ["in a directory that the 64-bit record does not name", zip([EVIL_PART], { zip64: true, end64: { offset: 1 } })],
  ["in an archive that says it has no members", zip([EVIL_PART], { end: { count: 0 } })],
  ["in an archive that says it is in two files", zip([EVIL_PART], { end: { disk: 1 } })],
  ["in an archive inside", torch({ "extra.zip": torch({ "data.pkl": EVIL }) })],
  ["in a pickle beside data.pkl", torch({ "other.pkl": EVIL })],
  ["in a file without a name that says so", torch({ "extra/notes": EVIL })],
  ["in data that no tensor asks for", torch({ "data/evil.pkl": EVIL })],
  ["behind the end of data.pkl", torch({ "data.pkl": Buffer.concat([STATE_DICT, EVIL]) })],
  ["and damaged after it", torch({ "data.pkl": EVIL.subarray(0, -1) })],
  [
    "in a member that shares the bytes of another",
    zip([
      { name: "archive/x", data: EVIL },
      { ...EVIL_PART, sharesWith: 0 },
    ]),
  ],
];

export const TORCH_CASES: readonly ScanCase[] = [
  benign("an archive of torch.save is data only", "model.pt", torch()),
  benign("an archive of torch.save in the folder of its name is data only", "model.pth", torch({}, { folder: "model" })),
  benign(
    "an archive of torch.save before version 2 is data only",
    "pytorch_model.bin",
    torch({ ".format_version": false, ".storage_alignment": false, byteorder: false, ".data/serialization_id": false }),
  ),
  benign("an archive of torch.save under a checkpoint's name is data only", "last.ckpt", torch()),
  benign("an archive of torch.save without an extension is data only", "weights", torch()),
  benign("an archive of torch.save on a big-endian machine is data only", "model.pt", torch({ byteorder: "big" })),
  benign("an archive of torch.save with an empty storage is data only", "model.pt", torch({ "data.pkl": pickleOf("0", 0), "data/0": "" })),
  benign(
    "an archive of torch.save without tensors is data only",
    "model.pt",
    torch({ "data.pkl": pickle(2, "}", text("epoch"), int(3), "s"), "data/0": false }),
  ),
  benign(
    "an archive of torch.save with two types of tensors is data only",
    "model.pt",
    torch({
      "data.pkl": pickle(2, stateDict({ a: tensor(), b: tensor(storage("1", 4, "LongStorage"), [4]) })),
      "data/1": Buffer.alloc(32),
    }),
  ),
  benign(
    "an archive of torch.save that was unpacked and packed again is data only",
    "model.pt",
    zip(GOOD.map((part) => ({ ...part, method: 8 }))),
  ),
  benign("an archive of PyTorch in a zip archive is data only", "model.zip", zip([{ name: "model.pt", data: torch() }])),
  benign("a compressed archive of PyTorch is data only", "model.pt.gz", gzipSync(torch())),
  benign(
    "a NumPy archive is data only",
    "arrays.npz",
    zip([
      { name: "a.npy", data: ARRAY },
      { name: "A.npy", data: ARRAY, method: 8 },
    ]),
  ),
  benign("a compressed NumPy archive of 80 MB is data only", "arrays.npz", zip([{ name: "a.npy", data: LARGE_ARRAY, method: 8 }])),
  benign(
    "a NeMo archive of weights and their vocabulary is data only",
    "model.nemo",
    tar([
      { name: "./", type: "5" },
      { name: "./model_weights.ckpt", data: torch() },
      { name: "./vocab.txt", data: "a\nb\n" },
    ]),
  ),
  ...HIDDEN.map(([what, archive]): ScanCase => ({
    name: `a call of os.system in an archive of PyTorch, ${what}, is code`,
    kind: "dangerous",
    files: { "model.pt": archive },
    expect: "code",
    reasons: ["pickle/global"],
  })),
  ...(
    [
      ["a TorchScript program", "torch/script", { "code/__torch__/m.py": "def forward(self): pass", "constants.pkl": pickle(2, ")") }],
      ["a TorchScript program without its code", "torch/script", { "constants.pkl": pickle(2, ")") }],
      ["a TorchScript program in upper case", "torch/script", { "CODE/__torch__/m.py": "def forward(self): pass" }],
      ["a first TorchScript program", "torch/script", { "model.json": "{}" }],
      ["a program for PyTorch Mobile", "torch/mobile", { "bytecode.pkl": pickle(2, ")"), "constants.pkl": pickle(2, ")") }],
      ["a package of Python code", "torch/package", { ".data/extern_modules": "sys\n", "m/__init__.py": "import os" }],
    ] as const
  ).map(([what, reason, members]): ScanCase => ({
    name: `${what} is code`,
    kind: "dangerous",
    files: { "model.pt": torch(members) },
    expect: "code",
    reasons: [reason],
  })),
  {
    name: "a program of torch.export is unknown",
    kind: "debatable",
    files: { "model.pt2": torch({ "data.pkl": false, "data/0": false, archive_format: "pt2" }) },
    expect: "unknown",
    reasons: ["torch/exported-program"],
  },
  ...(
    [
      ["a storage that is missing", "torch/storage", torch({ "data.pkl": pickleOf("7", 6) })],
      ["a storage that is too short", "torch/storage", torch({ "data.pkl": pickleOf("0", 7) })],
      ["a storage that is far too short", "torch/storage", torch({ "data.pkl": pickleOf("0", 2 ** 30) })],
      ["a storage that is too long", "torch/storage", torch({ "data.pkl": pickleOf("0", 5) })],
      ["a storage of another type", "torch/storage", torch({ "data.pkl": pickleOf("0", 6, "DoubleStorage") })],
      ["a storage outside of its folder", "torch/storage", torch({ "data.pkl": pickleOf("../../x", 6) })],
      ["no data.pkl", "torch/malformed", torch({ "data.pkl": false })],
      ["a byte order that is none", "torch/malformed", torch({ byteorder: "middle" })],
      ["a version that is no number", "torch/malformed", torch({ version: "three" })],
      ["two folders", "torch/malformed", torch({}, { more: [{ name: "other/version", data: "3\n" }] })],
      ["its end cut off", "zip/malformed", torch().subarray(0, -10)],
      ["its second half cut off", "zip/malformed", torch().subarray(0, 600)],
      ["a changed byte in data.pkl", "zip/checksum", changed(torch(), "weight")],
      ["an empty data.pkl", "pickle/malformed", torch({ "data.pkl": "" })],
    ] as const
  ).map(([what, reason, file]): ScanCase => ({
    name: `an archive of PyTorch with ${what} is invalid`,
    kind: "corrupt",
    files: { "model.pt": file },
    expect: "invalid",
    reasons: [reason],
  })),
  {
    name: "a file of the first versions of PyTorch is unknown",
    kind: "debatable",
    files: {
      "model.pt": tar(["storages", "tensors", "pickle", "sys_info"].map((name) => ({ name, data: pickle(2, "}") }))),
    },
    expect: "unknown",
    reasons: ["torch/old-archive"],
  },
  {
    name: "a file of the first versions of PyTorch is code where its pickle is",
    kind: "dangerous",
    files: {
      "model.pt": tar(
        ["storages", "tensors", "sys_info", "pickle"].map((name) => ({ name, data: name === "pickle" ? EVIL : pickle(2, "}") })),
      ),
    },
    expect: "code",
    reasons: ["pickle/global"],
  },
  {
    name: "a NumPy archive with a pickle in it is code where the pickle is",
    kind: "dangerous",
    files: {
      "arrays.npz": zip([
        { name: "a.npy", data: ARRAY },
        { name: "b.npy", data: EVIL },
      ]),
    },
    expect: "code",
    reasons: ["pickle/global"],
  },
  {
    name: "a NeMo archive is code where its weights are",
    kind: "dangerous",
    files: { "model.nemo": tar([{ name: "./model_weights.ckpt", data: torch({ "data.pkl": EVIL }) }]) },
    expect: "code",
    reasons: ["pickle/global"],
  },
  {
    name: "a compressed tar archive is code where a pickle in it is",
    kind: "dangerous",
    files: { "model.tar.gz": gzipSync(tar([{ name: "a/b", data: EVIL }])) },
    expect: "code",
    reasons: ["pickle/global"],
  },
  {
    name: "a compressed pickle is code whatever follows it",
    kind: "dangerous",
    files: { "model.pkl.gz": Buffer.concat([gzipSync(EVIL), Buffer.from("more")]) },
    expect: "code",
    reasons: ["pickle/global"],
  },
  {
    name: "a training state of a class outside of PyTorch is code, and can be allowed by its name",
    kind: "benign",
    files: { "model.pt": torch({ "data.pkl": pickle(2, global("argparse", "Namespace"), ")", 0x81, "}", "b") }) },
    allow: ["argparse.Namespace"],
    expect: "data-only",
    reasons: ["pickle/global"],
  },
];

/** The archive with one byte of this text changed, its checksums as they were. */
function changed(archive: Uint8Array, where: string): Uint8Array {
  const copy = Buffer.from(archive);
  copy[copy.indexOf(where)] = 0x57;
  return copy;
}
