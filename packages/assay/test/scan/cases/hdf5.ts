import { bytes } from "../../support/scan/bytes.ts";
import type { ScanCase } from "../../support/scan/case.ts";
import { sample } from "../../support/scan/sample.ts";

type Reason = NonNullable<ScanCase["reasons"]>[number];

const WEIGHTS = sample("weights.h5");

function one(name: string, file: Uint8Array, kind: ScanCase["kind"], expect: ScanCase["expect"], ...reasons: Reason[]): ScanCase {
  return { name, kind, files: { "model.h5": file }, expect, reasons };
}

/** The file with other bytes at the first place that has these. */
function replaced(file: Uint8Array, from: string, to: string): Uint8Array {
  const copy = Buffer.from(file);
  const at = copy.indexOf(Buffer.from(from, "latin1"));
  if (at < 0) throw new Error(`the sample lacks ${from}`);
  copy.write(to, at, "latin1");
  return copy;
}

/** The external link as one of another type: the type is before the name. */
function userLink(file: Uint8Array): Uint8Array {
  const copy = Buffer.from(file);
  const name = copy.indexOf("more\u0010");
  copy[copy.lastIndexOf(64, name)] = 65;
  return copy;
}

function changed(file: Uint8Array, at: number, ...values: readonly number[]): Uint8Array {
  const copy = Buffer.from(file);
  copy.set(values, at);
  return copy;
}

export const HDF5_CASES: readonly ScanCase[] = [
  one("HDF5 weights without a configuration are data only", WEIGHTS, "benign", "data-only"),
  one("HDF5 weights with many groups and attributes are data only", sample("dense.h5"), "benign", "data-only"),
  one("HDF5 datasets of all kinds are data only", sample("odd.h5"), "benign", "data-only"),
  one("HDF5 datasets of all kinds in the newer layout are data only", sample("odd-new.h5"), "benign", "data-only"),

  one("a Keras model in HDF5 is data only", sample("keras.h5"), "benign", "data-only"),
  one("a Keras model in the newer layout of HDF5 is data only", sample("keras-new.h5"), "benign", "data-only"),
  one("a Keras 3 model in HDF5 is data only", sample("keras3.h5"), "benign", "data-only"),
  one("a Lambda layer in HDF5 is code", sample("keras-lambda.h5"), "dangerous", "code", "keras/code"),
  one("a Lambda layer in the newer layout of HDF5 is code", sample("keras-lambda-new.h5"), "dangerous", "code", "keras/code"),
  one("a Lambda layer among many HDF5 attributes is code", sample("keras-lambda-dense.h5"), "dangerous", "code", "keras/code"),

  one("an HDF5 link to another file is code", sample("external-link.h5"), "dangerous", "code", "hdf5/external-file"),
  one("an HDF5 dataset in another file is code", sample("external-storage.h5"), "dangerous", "code", "hdf5/external-file"),
  one("a virtual HDF5 dataset is code", sample("virtual.h5"), "dangerous", "code", "hdf5/external-file"),
  one(
    "an HDF5 link of a kind that a program defines is unknown",
    userLink(sample("external-link.h5")),
    "debatable",
    "unknown",
    "hdf5/unknown-link",
  ),
  one(
    "a Keras configuration in HDF5 that is a number is unknown",
    sample("configuration.h5"),
    "debatable",
    "unknown",
    "hdf5/configuration",
  ),
  one("HDF5 references are unknown", sample("reference.h5"), "debatable", "unknown", "file/not-understood"),
  one(
    "an HDF5 file of PyTables is unknown",
    replaced(sample("dense.h5"), "attribute_000", "PSEUDOATOM\0\0\0"),
    "debatable",
    "unknown",
    "hdf5/pytables",
  ),
  one(
    "an HDF5 file of hickle is unknown",
    replaced(sample("keras.h5"), "training_config", "HICKLE_VERSION\0"),
    "debatable",
    "unknown",
    "hdf5/pytables",
  ),
  one(
    "an HDF5 filter that the library does not have is unknown",
    replaced(sample("odd-new.h5"), "\u0002\u0003\u0002\u0000\u0001", "\u0002\u0003\u0009\u0000\u0001"),
    "debatable",
    "unknown",
    "hdf5/filter",
  ),

  one("a truncated HDF5 file is invalid", WEIGHTS.subarray(0, -1), "corrupt", "invalid", "file/malformed"),
  one("an HDF5 file that says it has more bytes is invalid", changed(WEIGHTS, 42, 0x7f), "corrupt", "invalid", "file/malformed"),
  one("the first bytes of an HDF5 file are invalid", WEIGHTS.subarray(0, 20), "corrupt", "invalid", "file/malformed"),
  one("text named as HDF5 is invalid", Buffer.from("this is text"), "corrupt", "invalid", "file/malformed"),
  one("an HDF5 file with bytes behind its end is unknown", bytes(WEIGHTS, "more"), "hostile", "unknown", "file/not-understood"),
  one(
    "an HDF5 file with a superblock of an unknown version is unknown",
    changed(WEIGHTS, 8, 9),
    "corrupt",
    "unknown",
    "file/not-understood",
  ),
  one("an HDF5 file with addresses of another width is unknown", changed(WEIGHTS, 13, 4), "corrupt", "unknown", "file/not-understood"),
  one(
    "an HDF5 file whose root group is beyond its end is invalid",
    changed(WEIGHTS, 64, 0xff, 0xff, 0xff, 0x7f),
    "corrupt",
    "invalid",
    "file/malformed",
  ),
  one("an HDF5 file whose root group is not a group is invalid", changed(WEIGHTS, 64, 0, 0), "corrupt", "invalid", "file/malformed"),
  one(
    "an HDF5 name outside its heap is invalid",
    replaced(WEIGHTS, "HEAP\0\0\0\0X", "HEAP\0\0\0\0\u0001"),
    "corrupt",
    "invalid",
    "file/malformed",
  ),
  one("an HDF5 tree of another kind is invalid", replaced(WEIGHTS, "TREE\0", "TREE\u0001"), "corrupt", "invalid", "file/malformed"),
  one("an HDF5 symbol table that is missing is invalid", replaced(WEIGHTS, "SNOD", "XNOD"), "corrupt", "invalid", "file/malformed"),
  one(
    "a heap of HDF5 attributes that is missing is invalid",
    replaced(sample("dense.h5"), "FRHP", "XRHP"),
    "corrupt",
    "invalid",
    "file/malformed",
  ),
  one(
    "a tree of HDF5 attributes that is missing is invalid",
    replaced(sample("dense.h5"), "BTHD", "XTHD"),
    "corrupt",
    "invalid",
    "file/malformed",
  ),
  one(
    "a newer HDF5 header that is missing is invalid",
    replaced(sample("odd-new.h5"), "OHDR", "XHDR"),
    "corrupt",
    "invalid",
    "file/malformed",
  ),
];
