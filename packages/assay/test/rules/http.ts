import type { Rule } from "./rule.ts";

const http = { file: "src/network/http.ts", test: "test/network/http.test.ts" };
const url = { file: "src/network/url.ts", test: "test/network/server-text.test.ts" };
const proxy = { file: "src/network/proxy.ts", test: "test/network/proxy.test.ts" };
const retry = { file: "src/network/retry.ts", test: "test/network/retry.test.ts" };

/** The HTTP client and what servers say. */
export const rules: readonly Rule[] = [
  { ...http, rule: "a redirect is not followed", text: "if (statusCode >= 300 && statusCode < 400) {", replacement: "if (false) {" },
  {
    ...http,
    rule: "an encoded answer is rejected",
    text: 'if (encoding !== undefined && encoding.toLowerCase() !== "identity") {',
    replacement: "if (false) {",
  },
  {
    ...http,
    rule: "an answer over the limit is rejected while it comes",
    text: "if (length > maxBytes) fail(tooLarge(server, maxBytes));\n        else pieces",
    replacement: "pieces",
  },
  {
    ...url,
    rule: "only http and https are asked",
    text: 'if (url !== null && (url.protocol === "http:" || url.protocol === "https:")) return url;',
    replacement: "if (url !== null) return url;",
    test: "test/network/http.test.ts",
  },
  { ...url, rule: "a URL is shown without its query", text: '.replace(/[?#].*$/su, "")', replacement: "" },
  {
    ...url,
    rule: "a URL is shown without user and password",
    text: '.replace(/^((?:[a-z][a-z0-9+.-]*:)?\\/\\/)?[^/]*@/iu, "$1")',
    replacement: "",
  },
  {
    ...proxy,
    rule: "a proxy of a kind that cannot be used is rejected",
    text: 'if (scheme !== "http:" && scheme !== "https:") {',
    replacement: "if (false) {",
  },
  {
    file: "src/network/refusal.ts",
    test: "test/network/server-text.test.ts",
    rule: "a server that could not is told from one that would not",
    text: "if (status >= 500 || status === 408) {",
    replacement: "if (false) {",
  },
  {
    ...retry,
    rule: "a request is tried a bounded number of times",
    text: "further === furtherTries || ",
    replacement: "further > furtherTries || ",
  },
  { ...retry, rule: "an answer that another try does not change is passed on", text: "!mayHelp(outcome)", replacement: "false" },
  {
    ...retry,
    rule: "a further try gets no more time than is left",
    text: "further === 0 || remaining >= timeoutMs ? request",
    replacement: "further >= 0 || remaining >= timeoutMs ? request",
  },
];
