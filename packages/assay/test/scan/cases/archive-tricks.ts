import { gzipSync } from "node:zlib";
import type { LoadOutcome } from "../../../src/risk/load-outcome.ts";
import { littleEndian } from "../../support/scan/bytes.ts";
import type { ScanCase } from "../../support/scan/case.ts";
import { call, npy, pickle, stateDict, storage, tensor } from "../../support/scan/pickle.ts";
import { safetensors } from "../../support/scan/safetensors.ts";
import { paxRecords, tar } from "../../support/scan/tar.ts";
import { STATE_DICT, torch } from "../../support/scan/torch.ts";
import { extraField, zip, type ZipPart } from "../../support/scan/zip.ts";

// Attempts to hide a second pickle from one reader and show it to another, made after the reader was written.

const EVIL = pickle(2, call("os", "system"));
const E: ZipPart = { name: "archive/data.pkl", data: EVIL };
const GOOD: ZipPart = { name: "archive/data.pkl", data: STATE_DICT };
const STORAGE: ZipPart = { name: "archive/data/0", data: Buffer.alloc(24) };
const OBJECTS = npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", EVIL);
const ARCHIVE = zip([E]);

function keras(config: string, members: readonly ZipPart[] = [], prefix = ""): Uint8Array {
  return zip([{ name: "metadata.json", data: "{}" }, { name: "config.json", data: config }, ...members], {
    prefix: Buffer.from(prefix),
    isPrefixUncounted: true,
  });
}

const EMPTY_MODEL = JSON.stringify({ module: "keras", class_name: "Sequential", config: { layers: [] } });
const LAMBDA_MODEL = JSON.stringify({ module: "keras.layers", class_name: "Lambda", config: {} });

const TRICKS: readonly (readonly [what: string, file: string, content: Uint8Array, expect: LoadOutcome])[] = [
  ["an archive in the padding before the data", "a.pt", zip([{ ...GOOD, local: { extra: extraField(0x4246, ARCHIVE) } }, STORAGE]), "code"],
  ["an archive in a field of the directory", "a.pt", zip([{ ...GOOD, central: { extra: extraField(0x5455, ARCHIVE) } }, STORAGE]), "code"],
  [
    "a 64-bit offset to another member",
    "a.pt",
    zip([
      GOOD,
      STORAGE,
      { ...E, isUnlisted: true },
      { name: "archive/data/9", data: "x", central: { extra: extraField(1, littleEndian(0, 8)), offset: 0xffffffff } },
    ]),
    "code",
  ],
  [
    "names of two members exchanged in the directory",
    "a.pt",
    zip([
      { name: "archive/data/0", data: EVIL, central: { name: "archive/data.pkl" } },
      { name: "archive/data.pkl", data: STATE_DICT, central: { name: "archive/data/0" } },
    ]),
    "code",
  ],
  ["a folder with the name of the pickle and content", "a.pt", zip([GOOD, STORAGE, { name: "archive/data.pkl/", data: EVIL }]), "invalid"],
  ["a Kelvin sign for a k in the name", "a.pt", zip([GOOD, STORAGE, { name: "archive/data.p\u212al", data: EVIL, flags: 0x800 }]), "code"],
  ["a wide letter in the name", "a.pt", zip([GOOD, STORAGE, { name: "archive/\uff44ata.pkl", data: EVIL, flags: 0x800 }]), "code"],
  ["a pickle in the second of two compressed files", "a.pkl.gz", Buffer.concat([gzipSync(pickle(2, "N")), gzipSync(EVIL)]), "unknown"],
  [
    "a tar archive in a member whose size is 0 elsewhere",
    "a.tar",
    tar([
      { name: "p", type: "x", data: paxRecords({ size: "0" }) },
      { name: "a", data: tar([{ name: "e", data: EVIL }]) },
    ]),
    "code",
  ],
  ["content of a hard link", "a.nemo", tar([{ name: "x.pkl", data: EVIL, type: "1", linkName: "y" }]), "invalid"],
  ["a contiguous file of tar", "a.tar", tar([{ name: "x", data: EVIL, type: "7" }]), "code"],
  ["a member of tar of an unknown type", "a.tar", tar([{ name: "x", data: EVIL, type: "Z" }]), "code"],
  [
    "a long name of a link before a pickle",
    "a.tar",
    tar([
      { name: "k", type: "K", data: "zz" },
      { name: "weights", data: EVIL },
    ]),
    "code",
  ],
  ["an array of objects in a NumPy archive", "a.npz", zip([{ name: "a.npy", data: OBJECTS }]), "code"],
  ["an array of objects under a name in upper case", "a.npz", zip([{ name: "A.NPY", data: OBJECTS, method: 8 }]), "code"],
  [
    "safetensors in an archive of PyTorch",
    "a.pt",
    zip([{ name: "archive/model.safetensors", data: safetensors({ a: { shape: [1] } }) }]),
    "invalid",
  ],
  [
    "archives four deep",
    "a.zip",
    zip([{ name: "1.zip", data: zip([{ name: "2.zip", data: zip([{ name: "3.zip", data: zip([{ name: "4.zip", data: ARCHIVE }]) }]) }]) }]),
    "unknown",
  ],
  ["a pickle under an absolute name", "a.pt", zip([{ name: "/data.pkl", data: EVIL }]), "code"],
  ["another folder in front", "a.pt", zip([{ name: "x/version", data: "3" }, { name: "x/data.pkl", data: EVIL }, GOOD, STORAGE]), "code"],
  [
    "objects in the weights of a Keras model",
    "a.keras",
    keras(EMPTY_MODEL, [{ name: "model.weights.npz", data: zip([{ name: "a.npy", data: OBJECTS }]) }]),
    "code",
  ],
  ["a pickle in the assets of a Keras model", "a.keras", keras(EMPTY_MODEL, [{ name: "assets/x/vocabulary.txt", data: EVIL }]), "code"],
  ["an image before a Keras model", "a.keras", keras(LAMBDA_MODEL, [], "GIF89a"), "code"],
  ["a card before an archive", "README.md", Buffer.concat([Buffer.from("# Model\n"), ARCHIVE]), "code"],
  ["a pickle before an archive", "a.pt", zip([GOOD, STORAGE], { prefix: EVIL }), "code"],
  ["a count of members that a 64-bit record must have", "a.pt", zip([E], { end: { count: 0xffff } }), "code"],
  ["sizes that a 64-bit field must have", "a.pt", zip([{ ...E, central: { size: 0xffffffff, compressedSize: 0xffffffff } }]), "code"],
  [
    "an archive in a compressed tar archive in an archive",
    "a.zip",
    zip([{ name: "a.tar.gz", data: gzipSync(tar([{ name: "m.pt", data: torch({ "data.pkl": EVIL }) }])) }]),
    "code",
  ],
  ["a pickle where a TorchScript program has its files", "a.pt", torch({ "extra/producer_info.json": EVIL }), "code"],
  ["a pickle in the folder of PyTorch's own records", "a.pt", torch({ ".data/x": EVIL }), "code"],
  ["a storage of a negative size", "a.pt", torch({ "data.pkl": pickle(2, stateDict({ a: tensor(storage("0", -1), [6]) })) }), "unknown"],
  ["a compressed pickle named as safetensors", "a.safetensors", gzipSync(EVIL), "code"],
  ["a tar archive named as safetensors", "a.safetensors", tar([{ name: "x.pkl", data: EVIL }]), "code"],
  ["an archive named as safetensors", "a.safetensors", ARCHIVE, "code"],
  [
    "an archive that is a tensor of safetensors",
    "a.safetensors",
    Buffer.concat([
      safetensors({ a: { dtype: "U8", shape: [ARCHIVE.length], length: ARCHIVE.length } }).subarray(0, -ARCHIVE.length),
      ARCHIVE,
    ]),
    "code",
  ],
  [
    "a descriptor that is missing, and no sizes",
    "a.pt",
    zip([GOOD, STORAGE, { ...E, flags: 8, local: { size: 0, compressedSize: 0 } }]),
    "code",
  ],
  [
    "a second directory before the end record",
    "a.pt",
    zip([GOOD, STORAGE], { beforeEnd: ARCHIVE.subarray(ARCHIVE.length - 84, -22) }),
    "invalid",
  ],
  ["a version of the format that Python refuses", "a.pt", zip([{ ...E, central: { version: 255 } }]), "code"],
  ["an archive of PyTorch named as a configuration", "config.json", torch({ "data.pkl": EVIL }), "code"],
];

export const ARCHIVE_TRICK_CASES: readonly ScanCase[] = TRICKS.map(([what, file, content, expect]) => ({
  name: `an archive with this trick is ${expect}: ${what}`,
  kind: "hostile",
  files: { [file]: content },
  expect,
}));
