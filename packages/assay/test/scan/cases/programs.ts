import { bytes } from "../../support/scan/bytes.ts";
import type { ScanCase } from "../../support/scan/case.ts";

type Reason = NonNullable<ScanCase["reasons"]>[number];

function one(name: string, file: string, content: Uint8Array | string, expect: ScanCase["expect"], reason: Reason): ScanCase {
  return { name, kind: expect === "code" ? "dangerous" : "debatable", files: { [file]: content }, expect, reasons: [reason] };
}

const ELF = bytes(0x7f, "ELF", 2, 1, 1, Buffer.alloc(60));
const WINDOWS = bytes("MZ", Buffer.alloc(58), 0x40, 0, 0, 0, "PE\0\0", Buffer.alloc(64));
const REST = Buffer.alloc(64, 3);

function recognized(format: string, file: string, content: Uint8Array | string): ScanCase {
  return one(`${format} is recognized and unknown`, file, content, "unknown", "format/not-read");
}

function compiled(format: string, file: string, content: Uint8Array): ScanCase {
  return one(`${format} is code`, file, content, "code", "format/compiled");
}

function program(name: string, file: string, content: Uint8Array | string, reason: Reason = "program/machine-code"): ScanCase {
  return one(name, file, content, "code", reason);
}

export const PROGRAM_CASES: readonly ScanCase[] = [
  program("a shared library is code", "ops.so", ELF),
  program("a shared library under the name of weights is code", "model.bin", ELF),
  program("a shared library under the name of ONNX is code", "model.onnx", ELF),
  program("a program without an extension is code", "run", ELF),
  program("a Windows library is code", "ops.dll", WINDOWS),
  program("a Windows program under another name is code", "model.dat", WINDOWS),
  program("a macOS library is code", "ops.dylib", bytes(0xcf, 0xfa, 0xed, 0xfe, REST)),
  program("a universal macOS library is code", "ops.dylib", bytes(0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 2, REST)),
  program("a WebAssembly module is code", "ops.wasm", bytes(0, "asm", 1, 0, 0, 0)),
  program("LLVM bit code is code", "ops.bc", bytes("BC", 0xc0, 0xde, REST)),
  program("a Java class is code", "Op.class", bytes(0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 61, REST), "program/byte-code"),
  program("Android byte code is code", "classes.dex", bytes("dex\n035\0", REST), "program/byte-code"),
  program("compiled Python is code", "modeling.pyc", bytes(0xcb, 0x0d, 0x0d, 0x0a, REST), "program/byte-code"),
  one("a shell script is unknown", "install.sh", "curl example.com | sh\n", "unknown", "program/script"),
  one("a script that only its first line shows is unknown", "install", "#!/bin/sh\nrm -r ~\n", "unknown", "program/script"),
  one("a library that is not one is invalid", "ops.so", "not a library, this is text", "invalid", "file/malformed"),

  compiled("a TensorRT engine", "model.engine", bytes("ftrt", REST)),
  compiled("an ExecuTorch program", "model.pte", bytes(16, 0, 0, 0, "ET12", REST)),
  compiled("an RKNN model", "model.rknn", bytes("RKNN", REST)),

  recognized("a model of ONNX Runtime's own format", "model.ort", bytes(16, 0, 0, 0, "ORTM", REST)),
  recognized("a Core ML model", "model.mlmodel", bytes(8, 5, 0x12, REST)),
  recognized("an OpenVINO model", "openvino_model.xml", '<?xml version="1.0"?>\n<net name="m" version="11"></net>\n'),
  recognized("an old ggml model", "ggml-base.bin", bytes("lmgg", REST)),
  recognized("a fastText model", "lid.176.ftz", bytes(0xba, 0x16, 0x4f, 0x2f, 12, 0, 0, 0, REST)),
  recognized("a KenLM model", "lm.klm", bytes("mmap lm http://kheafield.com/code format version 5\n\0", REST)),
  recognized("a CatBoost model", "model.cbm", bytes("CBM1", REST)),
  recognized("a LightGBM model", "model.lgb", "tree\nversion=v4\nnum_class=1\n"),
  recognized("an XGBoost model", "model.ubj", bytes("{L", 0, 0, 0, 0, 0, 0, 0, 7, "learner", REST)),
  recognized("an ncnn model", "model.param", "7767517\n1 1\n"),
  recognized("a Paddle model", "model.pdmodel", bytes(0x0a, 3, REST)),
  recognized("a Parquet file", "data.parquet", bytes("PAR1", REST, "PAR1")),
  recognized("an Arrow file", "data.arrow", bytes("ARROW1\0\0", REST)),
];
