import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { watchToken } from "../../src/cli/inputs/keyless-signer.ts";

const NOW = new Date("2026-06-01T12:00:00Z");

function watch(secondsLeft: number): { readonly said: string[]; readonly end: () => void } {
  const said: string[] = [];
  const expires = new Date(NOW.getTime() + secondsLeft * 1000);
  const end = watchToken({ expires, now: NOW, say: (text) => said.push(text), signal: new AbortController().signal });
  return { said, end };
}

test("a token with little time left is spoken of at once", () => {
  assert.match(watch(20).said.join(""), /expires in 20 s/);
});

test("a token that is about to expire while a model is hashed is spoken of a minute before, and once", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const { said } = watch(600);
    mock.timers.tick(539_000);
    assert.deepEqual(said, []);
    mock.timers.tick(2000);
    assert.equal(said.length, 1);
    assert.match(said[0] ?? "", /expires in 60 s: a model that is not hashed by then is not signed/);
    mock.timers.tick(600_000);
    assert.equal(said.length, 1);
  } finally {
    mock.timers.reset();
  }
});

test("once the token is used nothing is said", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const { said, end } = watch(600);
    end();
    mock.timers.tick(700_000);
    assert.deepEqual(said, []);
  } finally {
    mock.timers.reset();
  }
});
