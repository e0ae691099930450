import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { parseChallenges } from "../../../src/source/oci/challenge.ts";
import { effort } from "../../support/effort.ts";

const plain = (header: string): unknown =>
  parseChallenges(header)?.map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);

const token = fc.stringMatching(/^[A-Za-z][A-Za-z0-9!#$%&'*+.^_`|~-]{0,12}$/);
const value = fc.stringMatching(/^[\x20-\x7e]{0,24}$/);
const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
const blank = fc.constantFrom("", " ", "\t");

suite("what a registry asks for", () => {
  test("is read as registries write it", () => {
    assert.deepEqual(plain('Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull,push"'), [
      ["bearer", { realm: "https://auth.docker.io/token", service: "registry.docker.io", scope: "repository:a/b:pull,push" }],
    ]);
    assert.deepEqual(plain('Basic realm="x", Bearer realm="y" , service = z'), [
      ["basic", { realm: "x" }],
      ["bearer", { realm: "y", service: "z" }],
    ]);
    assert.deepEqual(plain("Negotiate abc==, BASIC realm=x"), [
      ["negotiate", {}],
      ["basic", { realm: "x" }],
    ]);
    assert.deepEqual(plain(String.raw`Basic realm="a\"b\\c,d"`), [["basic", { realm: String.raw`a"b\c,d` }]]);
    assert.deepEqual(plain("Negotiate"), [["negotiate", {}]]);
    assert.deepEqual(plain(""), []);
  });

  test("is refused as a whole where it is not by the grammar", () => {
    for (const header of [
      'Bearer realm="x',
      'Bearer realm="x" service="y"',
      'Bearer realm="x",realm="y"',
      "Bearer realm=https://a/b",
      'realm="x"',
      'Bearer "x"',
      "Bearer a b",
      "Bearer a=b c",
      'Bearer realm="x\u0000"',
      `Bearer realm="${"x".repeat(20_000)}"`,
      "Bearer =x",
    ]) {
      assert.equal(plain(header), undefined, header);
    }
  });

  test("is read back as it was written, whatever the values hold", () => {
    const challenge = fc.record({
      scheme: token,
      parameters: fc.uniqueArray(fc.tuple(token, value), { minLength: 1, maxLength: 4, selector: ([name]) => name.toLowerCase() }),
    });
    const property = fc.property(fc.array(challenge, { maxLength: 4 }), blank, (challenges, space) => {
      const header = challenges
        .map(
          ({ scheme, parameters }) =>
            `${scheme} ${parameters.map(([name, text]) => `${name}${space}=${space}${quoted(text)}`).join(`${space},${space}`)}`,
        )
        .join(`${space},${space}`);
      const expected = challenges.map(({ scheme, parameters }) => [
        scheme.toLowerCase(),
        Object.fromEntries(parameters.map(([name, text]) => [name.toLowerCase(), text])),
      ]);
      assert.deepEqual(plain(header), expected);
    });
    fc.assert(property, { numRuns: effort(300, 20_000) });
  });

  test("never makes the reader throw or hang", () => {
    const pieces = fc.array(fc.oneof(fc.constantFrom(",", " ", "=", '"', "\\", "\t", "Bearer", "realm", "==", "a/b"), fc.string()), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(pieces, (parts) => {
        parseChallenges(parts.join(""));
      }),
      { numRuns: effort(500, 50_000) },
    );
  });
});
