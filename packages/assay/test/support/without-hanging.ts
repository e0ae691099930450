import { Script } from "node:vm";

/** Far beyond what such work takes, also on a busy machine; well within the time limit of a test file. */
const LIMIT = { timeout: 20_000 };

const call = new Script("workOfTest()");

/** Does synchronous work; where it does not end, throws ERR_SCRIPT_EXECUTION_TIMEOUT, so that a hang is a failed test. */
export function withoutHanging<Result>(work: () => Result): Result {
  const place = globalThis as { workOfTest?: () => Result };
  place.workOfTest = work;
  try {
    return call.runInThisContext(LIMIT) as Result;
  } finally {
    delete place.workOfTest;
  }
}
