import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { assert as holds, constantFrom, property, string } from "fast-check";
import type { HttpAnswer } from "../../src/network/http.ts";
import { jsonAnswer } from "../../src/network/json-answer.ts";
import { refusal } from "../../src/network/refusal.ts";
import { cleanText, serverText } from "../../src/network/server-text.ts";
import { shownUrl, urlUnder } from "../../src/network/url.ts";
import { rejectsWith } from "../rejects.ts";

const answer = (body: string, status = 400): HttpAnswer => ({ status, headers: new Map(), body: Buffer.from(body) });
const ALPHABET = Array.from("abcDEF0189+/_-.");
const JWT = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImV4cCI6MX0.c2lnbmF0dXJlLXNpZ25hdHVyZQ";

suite("a server's own words", () => {
  test("are found in JSON, however it wraps them", () => {
    assert.equal(serverText(answer('{"code":3,"message":"bad token","details":[]}')), "bad token");
    assert.equal(serverText(answer('{"error":"invalid_grant","error_description":"code expired"}')), "code expired");
    assert.equal(serverText(answer('{"error":"invalid_grant"}')), "invalid_grant");
    assert.equal(serverText(answer('{"errors":["permission denied","x"]}')), "permission denied");
    assert.equal(serverText(answer('{"error":{"message":"deep"}}')), "deep");
    assert.equal(serverText(answer("just text\n")), "just text");
  });

  test("are none in a page for browsers, in other JSON and in nothing", () => {
    for (const body of ["<html><h1>Bad gateway</h1></html>", '{"x":1}', "[]", "", '{"message":7}'])
      assert.equal(serverText(answer(body)), "", body);
  });

  test("become one line without control and formatting characters", () => {
    assert.equal(serverText(answer("a\u001b[31m\r\nb\u202e\u200bc\u0000d")), "a [31m b c d");
  });

  test("are cut at 200 characters", () => {
    const text = serverText(answer("word ".repeat(100)));
    assert.ok(text.length <= 200 && text.endsWith("…"), text);
  });

  test("hold nothing that looks like a token or a key", () => {
    assert.equal(cleanText(`invalid token ${JWT} given`), "invalid token … given");
    assert.equal(cleanText(`token ${JWT.slice(0, 30)} was cut`), "token … was cut");
    assert.equal(cleanText(`key ${"A1b2".repeat(12)}== no`), "key … no");
  });

  test("hold nothing of what was sent in confidence, whole or in pieces, however short", () => {
    assert.equal(cleanText("the code 4/0AbC-dEf is wrong", ["4/0AbC-dEf"]), "the code … is wrong");
    assert.equal(cleanText(`part ${JWT.slice(45, 60)} came back`, [JWT]), "part … came back");
    assert.equal(cleanText("verifier=abc123def456ghi\n789jkl came back", ["abc123def456ghi789jkl"]), "verifier=… … came back");
    assert.equal(cleanText("xabc123def4x", ["abc123def456ghi789jkl"]), "x…x");
  });

  test("never hold a secret, wherever it stands", () => {
    const secret = string({ unit: constantFrom(...ALPHABET), minLength: 12, maxLength: 80 });
    holds(
      property(secret, string(), string(), (hidden, before, after) => {
        assert.ok(!cleanText(`${before}${hidden}${after}`, [hidden]).includes(hidden));
      }),
    );
  });
});

suite("the error for an answer", () => {
  test("says who would not, and who could not", () => {
    const request = { url: "https://fulcio.example.com/api/v2/signingCert?x=secret", service: "the certificate authority" };
    const of = (status: number): string => refusal(request, answer('{"message":"why"}', status)).code;
    assert.deepEqual([400, 401, 403, 404, 409, 422].map(of), Array(6).fill("SERVER_REFUSED"));
    assert.deepEqual([408, 429, 500, 502, 503, 504].map(of), Array(6).fill("SERVER_UNREACHABLE"));
    assert.equal(of(204), "SERVER_ANSWER");
    const { message } = refusal(request, answer('{"message":"why"}', 403));
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
    const error = await rejectsWith("SERVER_ANSWER", () => jsonAnswer(answer(`{"${JWT}":1,"${JWT}":2}`), "answer of the log", [JWT]));
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
