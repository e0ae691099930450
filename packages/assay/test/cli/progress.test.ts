import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ProgressLine } from "../../src/cli/host/progress.ts";
import type { Terminal } from "../../src/cli/text/terminal.ts";
import { textWidth } from "../../src/cli/text/width.ts";

const GB = 1_000_000_000;

function at(terminal: Terminal): { line: ProgressLine; shown: string[]; report: (milliseconds: number, bytesDone: number) => void } {
  let now = 0;
  const shown: string[] = [];
  const line = new ProgressLine(
    terminal,
    (text) => shown.push(text),
    () => now,
  );
  line.report({ bytesDone: 0, bytesTotal: 5 * GB, filesDone: 0, filesTotal: 3, current: undefined });
  return {
    line,
    shown,
    report(milliseconds, bytesDone) {
      now = milliseconds;
      line.report({ bytesDone, bytesTotal: 5 * GB, filesDone: 1, filesTotal: 3, current: "model-00002-of-00003.safetensors\u001b[2J" });
    },
  };
}

suite("the progress line", () => {
  test("tells bytes, rate, time left and the file in hand, in one line that is drawn over itself", () => {
    const { shown, report, line } = at({ width: 140, color: false, live: true });
    report(2000, 3 * GB);
    assert.deepEqual(shown, [
      '\r\u001b[Khashing 3.0 GB of 5.0 GB, 60 %, 1.5 GB/s, 0:01 left, 1/3 files, "model-00002-of-00003.safetensors\\x1b[2J"',
    ]);
    line.clear();
    line.clear();
    assert.deepEqual(shown.slice(1), ["\r\u001b[K"]);
  });

  test("is silent for work that is over at once", () => {
    const { shown, report, line } = at({ width: 80, color: false, live: true });
    report(299, GB);
    line.clear();
    assert.deepEqual(shown, []);
  });

  test("is drawn at most ten times a second, however often the work reports", () => {
    const { shown, report } = at({ width: 80, color: false, live: true });
    for (let time = 0; time < 2000; time += 1) report(time, time * 1000);
    assert.equal(shown.length, 17);
  });

  test("never fills the last column", () => {
    for (const width of [40, 60, 80, 100]) {
      const { shown, report } = at({ width, color: false, live: true });
      report(2000, 3 * GB);
      assert.ok(textWidth((shown[0] ?? "").slice("\r\u001b[K".length)) < width);
    }
  });

  test("is a plain line every ten seconds where standard error is not a terminal", () => {
    const { shown, report, line } = at({ width: Infinity, color: false, live: false });
    for (let time = 0; time <= 25_000; time += 100) report(time, time * 100_000);
    line.clear();
    assert.equal(shown.length, 2);
    for (const text of shown) assert.match(text, /^hashing [^\r\u001b]*\n$/);
  });

  test("says no nonsense where there is nothing to hash", () => {
    let now = 0;
    const shown: string[] = [];
    const line = new ProgressLine(
      { width: Infinity, color: false, live: false },
      (text) => shown.push(text),
      () => now,
    );
    for (now of [0, 20_000]) line.report({ bytesDone: 0, bytesTotal: 0, filesDone: 0, filesTotal: 0, current: undefined });
    assert.deepEqual(shown, ["hashing 0 bytes of 0 bytes\n"]);
  });

  test("does not count the time before the work began", () => {
    let now = 0;
    const shown: string[] = [];
    const line = new ProgressLine(
      { width: 80, color: false, live: true },
      (text) => shown.push(text),
      () => now,
    );
    for (now of [60_000, 61_000])
      line.report({ bytesDone: now - 60_000, bytesTotal: 2000, filesDone: 0, filesTotal: 1, current: undefined });
    assert.deepEqual(shown, ["\r\u001b[Khashing 1.0 kB of 2.0 kB, 50 %, 1.0 kB/s, 0:01 left"]);
  });
});
