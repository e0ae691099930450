import assert from "node:assert/strict";
import { test } from "node:test";
import { PickleRecord } from "../../src/formats/pickle/record.ts";
import { walkPickle, walkPickles } from "../../src/formats/pickle/walk.ts";
import type { RandomAccess } from "../../src/formats/random-access.ts";
import { examineFile } from "../../src/probe/load/examine-file.ts";
import { examineTorchPickle } from "../../src/probe/load/pickle/torch-member.ts";
import { PICKLE_NAMES } from "../../src/risk/allowed/pickle-globals.ts";
import { gradeLoad } from "../../src/risk/grade.ts";
import { inMemory } from "../support/formats/in-memory.ts";
import { bytes, littleEndian } from "../support/scan/bytes.ts";
import type { ScanCase } from "../support/scan/case.ts";
import { get, global, int, MEMOIZE, pickle, put, short, stateDict, storage, tensor, text, tuple } from "../support/scan/pickle.ts";
import { PICKLE_CASES } from "./cases/pickle.ts";

const OPTIONS = { ...PICKLE_NAMES, persistentIds: "none" } as const;
const WINDOW = 1024 * 1024;

async function answer({ files, allow = [] }: ScanCase): Promise<string> {
  const [[name, content] = ["", ""]] = Object.entries(files);
  const examination = await examineFile(name, inMemory(Buffer.from(content)));
  const { outcome, files: graded } = gradeLoad([examination], allow);
  const reasons = new Set(graded.flatMap(({ findings }) => findings.map(({ reason }) => reason)));
  return [outcome, ...[...reasons].sort()].join(" ");
}

test("each pickle of the generated set gets its answer and reason", async () => {
  for (const one of PICKLE_CASES.filter(({ name }) => !name.includes("more than is held"))) {
    const found = await answer(one);
    assert.ok(found.startsWith(one.expect), `${one.name}: ${found}`);
    for (const reason of one.reasons ?? []) assert.ok(found.includes(reason), `${one.name}: ${found}`);
  }
});

test("a pickle is read alike wherever the window ends in it", async () => {
  const content = bytes(
    tuple(int(1), int(300), int(70_000), text("some text"), short("more"), "F1.5\nI12345\nL99L\n", 0x8a, 3, 1, 2, 3),
    put(1),
    "0",
    get(1),
    bytes("(lp77\n0", global("collections", "OrderedDict"), ")R(S'a'\nVb\nu"),
    bytes(short("os"), MEMOIZE, short("system"), MEMOIZE, 0x93, "0."),
  );
  for (let before = WINDOW - content.length - 8; before < WINDOW; before++) {
    const file = bytes(0x80, 4, "B", littleEndian(before, 4), Buffer.alloc(before), "0", content);
    const record = await walkPickles(inMemory(file), 0, OPTIONS);
    assert.deepEqual(record.faults, [], `${before} bytes before`);
    assert.deepEqual(
      record.globals.map(({ name }) => name),
      ["OrderedDict", "system"],
    );
  }
});

/** A file of zeros around a few bytes, which counts what is read of it. */
function sparse(size: number, parts: ReadonlyMap<number, Uint8Array>): RandomAccess & { read: RandomAccess["read"]; total: () => number } {
  let total = 0;
  return {
    size,
    total: () => total,
    read: async (from, length) => {
      const out = new Uint8Array(Math.max(0, Math.min(length, size - from)));
      total += out.length;
      for (const [at, part] of parts) {
        for (const [index, byte] of part.entries()) if (at + index >= from && at + index < from + out.length) out[at + index - from] = byte;
      }
      return out;
    },
  };
}

test("the bytes of a value are skipped, not read", async () => {
  const length = 500_000_000;
  const head = bytes(0x80, 4, 0x8e, littleEndian(length, 8));
  const file = sparse(
    head.length + length + 1,
    new Map([
      [0, head],
      [head.length + length, Buffer.from(".")],
    ]),
  );
  const record = await walkPickles(file, 0, OPTIONS);
  assert.deepEqual(record.faults, []);
  assert.ok(file.total() < 3 * WINDOW, `${file.total()} bytes were read`);
});

test("short-lived tuples and dictionaries are collected, and live ones keep their content", async () => {
  const live = bytes(text("x"), text("latin1"), 0x86, put(1), "0");
  const garbage = Buffer.from("N\u0085}NNs\u00860".repeat(200_000), "latin1");
  const state = bytes("}", text("a"), "Ns", put(2), "0");
  const use = bytes(global("collections", "OrderedDict"), ")R", get(2), "b0", global("_codecs", "encode"), get(1), "R");
  const record = await walkPickles(inMemory(pickle(2, live, state, garbage, use)), 0, OPTIONS);
  assert.deepEqual(record.faults, []);
  const call = [text("a"), text("rot13"), 0x86, put(9), "0", garbage, global("_codecs", "encode"), get(9), "R"];
  const { faults } = await walkPickles(inMemory(pickle(2, ...call)), 0, OPTIONS);
  assert.deepEqual(
    faults.map(({ kind }) => kind),
    ["codec"],
  );
});

test("the pickle of a PyTorch archive gives each storage once, and what its tensors say", async () => {
  const half = storage("1", 4, "HalfStorage");
  const content = pickle(2, stateDict({ a: tensor(), b: tensor(), c: tensor(half, [4]) }));
  const reported: string[] = [];
  const facts: unknown[] = [];
  const storages = await examineTorchPickle(
    { report: (reason) => void reported.push(reason), addFacts: (one) => void facts.push(one) },
    "archive/data.pkl",
    inMemory(content),
  );
  assert.deepEqual(
    storages.map(({ key, type, count }) => [key, type, count]),
    [
      ["0", "FloatStorage", 6],
      ["1", "HalfStorage", 4],
    ],
  );
  assert.deepEqual(reported, []);
  assert.deepEqual(facts, [{ tensors: 3, parameters: 16, types: ["F16", "F32"], weightBytes: 32 }]);
});

test("a thousand different names are listed, and more are a fault that cannot be waived", async () => {
  const names = Array.from({ length: 1100 }, (_, at) => bytes(global("m", `n${at}`), "0"));
  const record = await walkPickles(inMemory(pickle(2, ...names, "N")), 0, OPTIONS);
  assert.equal(record.globals.length, 1000);
  assert.deepEqual(
    record.faults.map(({ kind }) => kind),
    ["too-large"],
  );
});

test("more than twenty thousand pickles in a row are too many", async () => {
  const record = await walkPickles(inMemory(Buffer.from("N.".repeat(20_010))), 0, OPTIONS);
  assert.deepEqual(
    record.faults.map(({ kind }) => kind),
    ["too-large"],
  );
});

test("one pickle ends behind its STOP", async () => {
  const record = new PickleRecord();
  assert.equal(await walkPickle(inMemory(bytes(pickle(2, "N"), pickle(2, "N"))), 0, record, OPTIONS), 4);
});
