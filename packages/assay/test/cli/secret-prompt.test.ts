import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { test } from "node:test";
import { AssayError } from "../../src/core/error.ts";
import { askSecret, type SecretInput } from "../../src/cli/host/secret-prompt.ts";

class Keyboard extends EventEmitter implements SecretInput {
  isRaw = false;
  setRawMode(raw: boolean): void {
    this.isRaw = raw;
  }
  resume(): void {}
  pause(): void {}
  type(text: string): void {
    assert.ok(this.isRaw, "what is typed would be echoed");
    this.emit("data", Buffer.from(text));
  }
}

test("the question is shown, and nothing of the answer", async () => {
  const keyboard = new Keyboard();
  let shown = "";
  const answer = askSecret("Password: ", keyboard, (text) => (shown += text));
  keyboard.type("hunter");
  keyboard.type("2\r");
  assert.equal(await answer, "hunter2");
  assert.equal(shown, "Password: \n");
  assert.equal(keyboard.isRaw, false);
  assert.equal(keyboard.listenerCount("data"), 0);
});

test("a mistake can be taken back, a letter of any alphabet at a time, or the whole line", async () => {
  const keyboard = new Keyboard();
  const answer = askSecret("", keyboard, () => undefined);
  keyboard.type("wrong\u0015pä\u007fässß\u007f\u007f\n");
  assert.equal(await answer, "päs");
});

test("Ctrl-C is told as the interruption that it is, Ctrl-D is not", async () => {
  for (const [key, times] of [
    ["\u0003", 1],
    ["\u0004", 0],
  ] as const) {
    const keyboard = new Keyboard();
    let interruptions = 0;
    const answer = askSecret(
      "",
      keyboard,
      () => undefined,
      () => (interruptions += 1),
    );
    keyboard.type(key);
    await assert.rejects(answer);
    assert.equal(interruptions, times);
  }
});

test("Ctrl-C, Ctrl-D and a closed input stop the command", async () => {
  for (const stop of [
    (k: Keyboard): unknown => k.type("abc\u0003"),
    (k: Keyboard): unknown => k.type("\u0004"),
    (k: Keyboard): unknown => k.emit("end"),
  ]) {
    const keyboard = new Keyboard();
    const answer = askSecret("", keyboard, () => undefined);
    stop(keyboard);
    await assert.rejects(answer, (error) => error instanceof AssayError && error.code === "ABORTED");
    assert.equal(keyboard.isRaw, false);
  }
});
