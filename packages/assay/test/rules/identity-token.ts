import type { Rule } from "./rule.ts";

const token = { file: "src/oidc/read-identity-token.ts", test: "test/oidc/identity-token.test.ts" };
const jwt = { file: "src/oidc/jwt.ts", test: "test/oidc/identity-token.test.ts" };
const callback = { file: "src/oidc/callback-server.ts", test: "test/oidc/callback-server.test.ts" };

/** Identity tokens, and the page that takes the answer of a log-in. */
export const rules: readonly Rule[] = [
  { ...token, rule: "an expired token is rejected", text: "if (now.getTime() < expires.getTime()) return;", replacement: "return;" },
  { ...token, rule: "a token for another audience is rejected", text: "if (found.includes(audience)) return;", replacement: "return;" },
  {
    ...token,
    rule: "a token from the future is rejected",
    text: "if (from.getTime() <= now.getTime() + TOLERANCE_SECONDS * 1000) continue;",
    replacement: "continue;",
  },
  { ...token, rule: "an e-mail address is verified by its provider", text: "if (isVerified) return email;", replacement: "return email;" },
  {
    ...token,
    rule: "an e-mail address is one",
    text: "if (email.length > MAX_EMAIL_CHARACTERS || !EMAIL.test(email) || UNPRINTABLE.test(email)) {",
    replacement: "if (false) {",
  },
  {
    ...token,
    rule: "an expiry is a time",
    text: "if (!(seconds >= 0 && seconds <= LAST_SECOND)) node.fail",
    replacement: "if (false) node.fail",
  },
  { ...token, rule: "a name is not empty", text: 'if (text === "") node.fail', replacement: "if (false) node.fail" },
  {
    ...jwt,
    rule: "a token has at most 64 Ki characters",
    text: "if (raw.length > MAX_CHARACTERS) refuse",
    replacement: "if (false) refuse",
  },
  { ...jwt, rule: "a token has no blanks around it", text: "if (raw.trim() !== raw) refuse", replacement: "if (false) refuse" },
  { ...jwt, rule: "a token has three parts", text: " || more.length > 0) {", replacement: ") {" },
  {
    ...jwt,
    rule: "a token is signed",
    text: 'if (algorithm === "" || algorithm.toLowerCase() === "none") refuse',
    replacement: "if (false) refuse",
  },
  { ...jwt, rule: "a part of a token is base64url", text: "if (!BASE64URL.test(text)) refuse", replacement: "if (false) refuse" },
  {
    ...callback,
    rule: "an answer under another host name is not taken",
    text: "if (request.headers.host !== `localhost:${port}` && request.headers.host !== `${HOST}:${port}`) return",
    replacement: "if (false) return",
  },
  {
    ...callback,
    rule: "an answer with another state is not taken",
    text: "if (expected === undefined || !isSame(stateOf(url), expected)) {",
    replacement: "if (expected === undefined) {",
  },
  { ...callback, rule: "one answer is taken", text: "    expected = undefined;\n    const show", replacement: "    const show" },
  { ...callback, rule: "a state that is there twice is rejected", text: 'more.length === 0 ? state : ""', replacement: "state" },
  {
    ...callback,
    rule: "the page listens on the loopback interface only",
    text: "server.listen(0, HOST);",
    replacement: "server.listen(0);",
  },
  { ...callback, rule: "only GET is answered", text: 'if (request.method !== "GET") return', replacement: "if (false) return" },
];
