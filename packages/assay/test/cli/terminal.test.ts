import assert from "node:assert/strict";
import { test } from "node:test";
import { describeTerminal } from "../../src/cli/text/terminal.ts";

const TERMINAL = { isTerminal: true, columns: 80 };
const PIPE = { isTerminal: false, columns: undefined };

test("a terminal has color and a width, a pipe has neither", () => {
  assert.deepEqual(describeTerminal(TERMINAL, {}, "auto"), { width: 80, color: true, live: true });
  assert.deepEqual(describeTerminal(PIPE, {}, "auto"), { width: Infinity, color: false, live: false });
});

test("NO_COLOR and TERM=dumb take the color away, FORCE_COLOR brings it", () => {
  assert.equal(describeTerminal(TERMINAL, { NO_COLOR: "1" }, "auto").color, false);
  assert.equal(describeTerminal(TERMINAL, { NO_COLOR: "" }, "auto").color, true);
  assert.equal(describeTerminal(TERMINAL, { TERM: "dumb" }, "auto").color, false);
  assert.equal(describeTerminal(TERMINAL, { TERM: "dumb" }, "auto").live, false);
  assert.equal(describeTerminal(PIPE, { FORCE_COLOR: "1" }, "auto").color, true);
  assert.equal(describeTerminal(TERMINAL, { FORCE_COLOR: "0" }, "auto").color, false);
  assert.equal(describeTerminal(PIPE, { FORCE_COLOR: "1", NO_COLOR: "1" }, "auto").color, false);
});

test("--color decides before the environment does", () => {
  assert.equal(describeTerminal(PIPE, { NO_COLOR: "1" }, "always").color, true);
  assert.equal(describeTerminal(TERMINAL, { FORCE_COLOR: "1" }, "never").color, false);
});

test("COLUMNS is the width of anything but a terminal, and no width is below 40", () => {
  assert.equal(describeTerminal(PIPE, { COLUMNS: "60" }, "auto").width, 60);
  assert.equal(describeTerminal(PIPE, { COLUMNS: "wide" }, "auto").width, Infinity);
  assert.equal(describeTerminal({ isTerminal: true, columns: 10 }, {}, "auto").width, 40);
  assert.equal(describeTerminal({ isTerminal: true, columns: undefined }, {}, "auto").width, 80);
});
