import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { assert as holds, constantFrom, property, string } from "fast-check";
import type { HttpAnswer } from "../../src/network/http.ts";
import { jsonAnswer } from "../../src/network/json-answer.ts";
import { serverRefusal } from "../../src/network/refusal.ts";
import { cleanText, plainServerText, serverText } from "../../src/network/server-text.ts";
import { shownUrl, urlUnder } from "../../src/network/url.ts";
import { rejectsWith } from "../support/rejects.ts";

const answer = (body: string, status = 400): HttpAnswer => ({ status, headers: new Map(), body: Buffer.from(body) });
const ALPHABET = Array.from("abcDEF0189+/_-.");
const JWT = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImV4cCI6MX0.c2lnbmF0dXJlLXNpZ25hdHVyZQ";

suite("a server's own words", () => {
  test("are found in JSON, however it wraps them", () => {
    assert.equal(serverText(answer('{"code":3,"message":"bad token","details":[]}')), "bad token");
    assert.equal(serverText(answer('{"error":"invalid_grant","error_description":"code expired"}')), "code expired");
    assert.equal(serverText(answer('{"error":"invalid_grant"}')), "invalid_grant");
    assert.equal(serverText(answer('{"errors":["permission denied","x"]}')), "permission denied");
    assert.equal(serverText(answer('{"error":{"message":"denied"}}')), "denied");
    assert.equal(serverText(answer("plain text\n")), "plain text");
  });

  test("are absent in a page for browsers, in other JSON and in an empty answer", () => {
    for (const body of ["<html><h1>Bad gateway</h1></html>", '{"x":1}', "[]", "", '{"message":7}'])
      assert.equal(serverText(answer(body)), "", body);
  });

  test("become one line", () => {
    assert.equal(serverText(answer("bad\r\n\ttoken  given")), "bad token given");
  });

  test("are cut at 200 characters", () => {
    const text = serverText(answer("word ".repeat(100)));
    assert.ok(text.length <= 200 && text.endsWith("…"), text);
  });

  test("are shown where they are the language of errors", () => {
    for (const text of [
      "There was an error processing the identity token",
      "error processing the request: the token is expired (1 minute ago)",
      "email_verified claim was false",
      "invalid type, must be hashedrekord",
      "the code, its redirect_uri or its verifier is wrong",
      "permission denied",
      "Unsupported hash algorithm.",
    ]) {
      assert.equal(plainServerText(text), text);
    }
  });

  test("show nothing else: any other word is left out, however it is written", () => {
    assert.equal(plainServerText(`invalid token ${JWT} given`), "invalid token … given");
    assert.equal(plainServerText("key a\u200bb no"), "key … no");
    assert.equal(plainServerText("bad\u202etoken given"), "… given");
    assert.equal(plainServerText("iNVALID tOKEN given"), "… given");
    assert.equal(plainServerText("code 1 2 3 4 5 6 7"), "code 1 2 3 4 …");
    assert.equal(plainServerText("see https://example.com/x?y=z"), "see …");
    assert.equal(plainServerText("\u001b[31mred"), "");
  });

  test("show a name that the caller knows, letter by letter", () => {
    assert.equal(
      plainServerText("address alice@example.com not verified", { known: ["alice@example.com"] }),
      "address alice@example.com not verified",
    );
    assert.equal(plainServerText("address alice@example.org not verified", { known: ["alice@example.com"] }), "address … not verified");
  });

  test("hold no word of a passphrase, though each word is a plain one", () => {
    const secrets = ["another secret-value"];
    assert.equal(plainServerText("bad secret: another value, Another-Secret given", { secrets }), "bad … given");
  });

  const DISGUISES: Readonly<Record<string, (token: string) => string>> = {
    whole: (token) => token,
    "in pieces": (token) => pieces(token, 5).join(" "),
    "in pieces with dashes": (token) => pieces(token, 7).join("-"),
    "in pieces on lines": (token) => pieces(token, 6).join("\n"),
    "letter by letter": (token) => Array.from(token).join(" "),
    backwards: (token) => Array.from(token).toReversed().join(""),
    "in the other case": (token) =>
      token.replace(/[a-z]/gi, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase())),
    "in capitals, in pieces": (token) => pieces(token.toUpperCase(), 4).join(" "),
    "in base64": (token) => Buffer.from(token).toString("base64"),
    "in hexadecimal, in pieces": (token) => pieces(Buffer.from(token).toString("hex"), 2).join(" "),
    "as numbers": (token) => Array.from(token, (letter) => letter.charCodeAt(0)).join(" "),
    "percent-encoded": (token) => Array.from(token, (letter) => `%${letter.charCodeAt(0).toString(16)}`).join(""),
    "JSON-escaped": (token) => Array.from(token, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`).join(""),
    "as entities": (token) => Array.from(token, (letter) => `&#${letter.charCodeAt(0)};`).join(""),
    "with invisible characters": (token) => Array.from(token).join("\u200b"),
    "in full-width letters": (token) => Array.from(token, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)).join(""),
    "as its claims": (token) => Buffer.from(token.split(".")[1] ?? "", "base64url").toString(),
  };
  for (const [how, disguise] of Object.entries(DISGUISES)) {
    test(`never hold a token, ${how}`, () => {
      const shown = plainServerText(`bad token ${disguise(JWT)} given`);
      assert.equal(
        shown
          .replace(/\d/g, "")
          .replace(/[^ -~]+/g, "")
          .replace(/ +/g, " "),
        "bad token given".replace(/ +/g, " "),
        shown,
      );
    });
  }

  test("never hold a piece of a secret of 6 letters or more", () => {
    const secret = string({ unit: constantFrom(...ALPHABET), minLength: 12, maxLength: 80 });
    holds(
      property(secret, string(), string(), (hidden, before, after) => {
        const shown = plainServerText(`${before}${hidden}${after}`);
        for (let at = 0; at + 6 <= hidden.length; at++) assert.ok(!shown.includes(hidden.slice(at, at + 6)), shown);
      }),
    );
  });
});

function pieces(text: string, length: number): string[] {
  return text.match(new RegExp(`.{1,${length}}`, "gs")) ?? [];
}

suite("text of this machine's own programs", () => {
  test("becomes one line without control and formatting characters, and without what looks like a token", () => {
    assert.equal(cleanText("a\u001b[31m\r\nb\u202e\u200bc\u0000d"), "a [31m b c d");
    assert.equal(cleanText(`token ${JWT.slice(0, 30)} was cut`), "token … was cut");
    assert.equal(cleanText(`key ${"A1b2".repeat(12)}== no`), "key … no");
  });
});

suite("the error for an answer", () => {
  test("says who would not, and who could not", () => {
    const request = { url: "https://fulcio.example.com/api/v2/signingCert?x=secret", service: "the certificate authority" };
    const of = (status: number): string => serverRefusal(request, answer('{"message":"why"}', status)).code;
    assert.deepEqual([400, 401, 403, 404, 409, 422].map(of), Array(6).fill("SERVER_REFUSED"));
    assert.deepEqual([408, 429, 500, 502, 503, 504].map(of), Array(6).fill("SERVER_UNREACHABLE"));
    assert.equal(of(204), "SERVER_ANSWER");
    const { message } = serverRefusal(request, answer('{"message":"why"}', 403));
    assert.equal(message, "the certificate authority (https://fulcio.example.com/api/v2/signingCert) refuses the request, status 403: why");
  });
});

suite("a JSON answer", () => {
  test("is read strictly, and what is wrong is the server's fault", async () => {
    for (const body of [
      "<html>",
      "",
      '{"a":1,"a":2}',
      "[".repeat(33) + "]".repeat(33),
      "\ufeff{}",
      '{"a":1} x',
      `[${"0,".repeat(100_001)}0]`,
    ]) {
      await rejectsWith("SERVER_ANSWER", () => jsonAnswer(answer(body), "answer of the log"));
    }
    await rejectsWith("SERVER_ANSWER", () => jsonAnswer(answer("{}"), "answer of the log").require("x"));
    const error = await rejectsWith("SERVER_ANSWER", () => jsonAnswer(answer(`{"${JWT}":1,"${JWT}":2}`), "answer of the log"));
    assert.ok(!error.message.includes(JWT.slice(0, 20)), error.message);
  });
});

suite("a URL in a message", () => {
  test("has no user, password, query or fragment", () => {
    assert.equal(shownUrl("https://u:p@ss@h.example.com:8/x/y?q=1#f"), "https://h.example.com:8/x/y");
    assert.equal(shownUrl("https://h.example.com/"), "https://h.example.com");
    assert.equal(shownUrl("//u:p@h.example.com/x"), "//h.example.com/x");
    assert.equal(shownUrl("u:p@h.example.com"), "h.example.com");
    assert.ok(shownUrl(`https://h.example.com/${"x".repeat(500)}`).length <= 100);
  });

  test("is put together from a base with or without a path or slash", () => {
    for (const [base, expected] of [
      ["https://h.example.com", "https://h.example.com/api/x"],
      ["https://h.example.com/", "https://h.example.com/api/x"],
      ["https://h.example.com/sub/", "https://h.example.com/sub/api/x"],
    ] as const) {
      assert.equal(urlUnder(base, "api/x"), expected);
    }
  });
});
