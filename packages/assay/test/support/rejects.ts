import assert from "node:assert/strict";
import { AssayError } from "../../src/core/error.ts";
import type { ErrorCode } from "../../src/core/error-codes.ts";

/** Asserts that `work` throws an AssayError with this code and a message that is not blank; returns it. */
export async function rejectsWith(code: ErrorCode, work: () => unknown): Promise<AssayError> {
  try {
    await work();
  } catch (error) {
    assert.ok(error instanceof AssayError, `an AssayError, not ${String(error)}`);
    assert.equal(error.code, code, error.message);
    assert.notEqual(error.message.trim(), "");
    return error;
  }
  return assert.fail(`expected ${code}, but nothing was thrown`);
}

/** The same for a test that is nothing but this: a test function gives nothing back. */
export async function refusedWith(code: ErrorCode, work: () => unknown): Promise<void> {
  await rejectsWith(code, work);
}
