import type { Rule } from "./rule.ts";

const hostile = "test/network/hostile-stream.test.ts";
const head = { file: "src/network/direct/answer-head.ts", test: "test/network/direct/answer-head.test.ts" };
const framing = { file: "src/network/direct/framing.ts", test: "test/network/direct/framing.test.ts" };
const heads = { file: "src/network/direct/head-receiver.ts", test: hostile };
const body = { file: "src/network/direct/answer-body.ts", test: hostile };
const receiver = { file: "src/network/direct/body-receiver.ts", test: "test/network/stream.test.ts" };

/** Answers that are read over connections of our own. */
export const rules: readonly Rule[] = [
  {
    ...head,
    rule: "an answer with two lengths is refused",
    text: "if (length !== undefined && !/^\\d{1,15}$/.test(length)) throw",
    replacement: "if (length !== undefined && !/^\\d{1,15}/.test(length)) throw",
  },
  {
    ...head,
    rule: "an answer with a length and a transfer encoding is refused",
    text: "if (length !== undefined && coding !== undefined) throw",
    replacement: "if (false) throw",
  },
  {
    ...head,
    rule: "an answer with an unknown transfer encoding is refused",
    text: 'if (coding !== undefined && (coding.toLowerCase() !== "chunked" || !isVersion11))',
    replacement: "if (false)",
  },
  {
    ...head,
    rule: "a header with a control character is refused",
    text: ":[\\t ]*([\\t\\x20-\\x7e\\x80-\\xff]*)$/;",
    replacement: ":[\\t ]*([^]*)$/;",
  },
  { ...head, rule: "an answer has a bound on its headers", text: "if (lines.length > MAX_HEADERS) throw", replacement: "if (false) throw" },
  {
    ...framing,
    rule: "a chunk ends where its size says",
    text: 'if (line !== "\\r\\n") throw',
    replacement: "if (false) throw",
  },
  {
    ...framing,
    rule: "bytes after a body are not of it",
    text: "if (length > own) this.hasSurplus = true;",
    replacement: "",
  },
  {
    ...heads,
    rule: "a line of a head ends with a carriage return",
    text: "if (bytes[at - 1] !== 0x0d) throw",
    replacement: "if (false) throw",
  },
  {
    ...heads,
    rule: "an answer is put off a bounded number of times",
    text: "if (++this.#interim > MAX_INTERIM) throw",
    replacement: "if (false) throw",
  },
  {
    ...heads,
    rule: "an answer that changes to another protocol is refused",
    text: "if (head.status === 101) throw",
    replacement: "if (false) throw",
  },
  {
    ...heads,
    rule: "a connection with bytes that were not asked for is not used again",
    text: "      this.onUnasked();\n      return false;",
    replacement: "      return true;",
  },
  {
    ...body,
    rule: "a connection is not used again before the body is whole",
    text: "this.#receiver.isWhole && !this.#receiver.hasSurplus",
    replacement: "!this.#receiver.hasSurplus",
  },
  {
    ...body,
    rule: "a body that drips is given up",
    text: "if (!this.#receiver.takePaused() && received - before < least) {",
    replacement: "if (!this.#receiver.takePaused() && received - before < 1) {",
  },
  {
    ...body,
    rule: "time in which the reader wants nothing does not count as the server's silence",
    text: "!this.#receiver.takePaused() &&",
    replacement: "",
  },
  {
    ...receiver,
    test: hostile,
    rule: "a body that breaks off is an error",
    text: "if (this.isWhole || (this.#framing.endsByClose && end?.error === undefined)) this.#resolve();",
    replacement: "if (this.isWhole || end?.error === undefined) this.#resolve();",
  },
  {
    ...receiver,
    rule: "a piece stays as it is while its listener keeps it, whatever arrives",
    text: "if (buffer !== undefined) this.#current = undefined;",
    replacement: "",
  },
  {
    ...receiver,
    rule: "nothing is passed on while a listener keeps a piece",
    text: "if (listener === undefined || this.#isKept || this.#isOver) return false;",
    replacement: "if (listener === undefined || this.#isOver) return false;",
  },
  {
    file: "src/network/direct/request-head.ts",
    test: "test/network/stream.test.ts",
    rule: "a header that breaks a request is not sent",
    text: "if (!NAME.test(name) || !VALUE.test(value)) throw",
    replacement: "if (false) throw",
  },
  {
    file: "src/network/direct/direct-client.ts",
    test: "test/network/stream.test.ts",
    rule: "a kept connection is used only where its address is allowed",
    text: "mayConnect === undefined || (address !== undefined && mayConnect(address))",
    replacement: "true",
  },
  {
    file: "src/network/through-proxy.ts",
    test: "test/network/stream.test.ts",
    rule: "a body behind a proxy that drips is given up",
    text: "if (this.#received < least && !this.#wasPaused) onSlow",
    replacement: "if (this.#received < 1 && !this.#wasPaused) onSlow",
  },
  {
    file: "src/network/through-proxy.ts",
    test: "test/network/stream.test.ts",
    rule: "time in which a reader behind a proxy has a piece does not count",
    text: "&& !this.#wasPaused) onSlow",
    replacement: ") onSlow",
  },
];
