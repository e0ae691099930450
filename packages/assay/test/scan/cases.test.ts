import assert from "node:assert/strict";
import { test } from "node:test";
import { testCases } from "../support/scan/test-cases.ts";
import { OTHER_CASES, SCAN_CASES } from "./cases/index.ts";

test("the name of a case is said once", () => {
  const names = SCAN_CASES.map(({ name }) => name);
  assert.deepEqual(
    names.filter((name, at) => names.indexOf(name) !== at),
    [],
  );
});

// Those of archives have a file of their own.
testCases(OTHER_CASES);
