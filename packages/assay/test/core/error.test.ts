import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { adviceText } from "../../src/cli/text/advice.ts";
import { REMEDY_TEXTS } from "../../src/cli/text/remedy-texts.ts";
import { addition, asCallersFault, AssayError, detailsOf, givenByCaller, reworded, stopped } from "../../src/core/error.ts";
import { REMEDIES } from "../../src/core/remedies.ts";

suite("an AssayError", () => {
  const details = { folder: "m", names: ["a.sig", "b.sig"] };
  const error = new AssayError("SIGNATURE_AMBIGUOUS", "m holds 2 signatures", { remedy: "choose-signature", details });

  test("has plain words for its remedy, and the command has its own", () => {
    assert.equal(error.hint, REMEDIES["choose-signature"]);
    assert.equal(adviceText(error), "Name one with --signature FILE");
  });

  test("keeps code, outcome, remedy and details where it is told in other words", () => {
    const other = asCallersFault(reworded(addition(error, "!"), "in m: 2 signatures"));
    assert.deepEqual(
      [other.code, other.outcome, other.remedy, other.message, detailsOf(other, "SIGNATURE_AMBIGUOUS")],
      ["SIGNATURE_AMBIGUOUS", "usage", "choose-signature", "in m: 2 signatures", details],
    );
  });

  test("is a wrong question where its fault is in what the caller gave, and stays unknown where it is unknown", () => {
    assert.equal(asCallersFault(new AssayError("KEY_INVALID", "not a key")).outcome, "usage");
    assert.equal(
      givenByCaller(() => 1),
      1,
    );
    const read = (): never => {
      throw new AssayError("PEM_INVALID", "damaged");
    };
    assert.throws(() => givenByCaller(read), { code: "PEM_INVALID", outcome: "usage" });
    assert.equal(asCallersFault(new AssayError("ALGORITHM_UNKNOWN", "new")).outcome, "incomplete");
  });

  test("gives its details to who asks for its own code only", () => {
    assert.equal(detailsOf(error, "SIGNATURE_AMBIGUOUS"), details);
    assert.equal(detailsOf(error, "SIGNATURE_NOT_FOUND"), undefined);
  });

  test("of stopped work keeps apart when that was and what is public by then", () => {
    const stop = addition(stopped("while the log was asked"), "; the signature is public");
    assert.equal(stop.message, "stopped while the log was asked; the signature is public");
    assert.deepEqual(detailsOf(stop, "ABORTED"), { when: "while the log was asked", aftermath: "; the signature is public" });
  });
});

test("no text of the library names an option of the command", () => {
  const source = fileURLToPath(new URL("../../src/", import.meta.url));
  // The login page and the report hold CSS, and other programs have options.
  const other =
    /^(?:cli\/|executable\/|oidc\/login-page\.ts|oidc\/ambient\/agents\.ts|source\/bucket\/aws-account\.ts|report\/html\/style\.ts)/;
  const named = globSync("**/*.ts", { cwd: source })
    .filter((file) => !other.test(file))
    .flatMap((file) => {
      const code = readFileSync(`${source}${file}`, "utf8").replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
      return [...code.matchAll(/["'`][^"'`\n]*(?<![\w-])--[a-z][a-z-]+/g)].map(([text]) => `${file}: ${text}`);
    });
  assert.deepEqual(named, []);
});

test("no code decides by the words of a message or hint", () => {
  const source = fileURLToPath(new URL("../../src/", import.meta.url));
  const decides =
    /\.(?:message|hint)\)?\??\.(?:includes|startsWith|endsWith|match|search|indexOf)\(|\.test\([\w.]*\.(?:message|hint)\)|\.hint [!=]== (?!null\b)/;
  // What a signature says of its key is called a hint by the format.
  const formats = /claimed\.hint/;
  const deciding = globSync("**/*.ts", { cwd: source }).flatMap((file) =>
    readFileSync(`${source}${file}`, "utf8")
      .split("\n")
      .filter((line) => decides.test(line) && !formats.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  // The one place that shows an error's own hint asks whether it has one.
  assert.deepEqual(
    deciding.filter((line) => !line.startsWith("cli/text/advice.ts")),
    [],
  );
});

suite("remedies", () => {
  test("name no option and no command of Assay in the library, and have a text of the command each", () => {
    for (const text of Object.values(REMEDIES)) assert.doesNotMatch(text, /--\w|\bassay\b/);
    assert.deepEqual(Object.keys(REMEDY_TEXTS).sort(), Object.keys(REMEDIES).sort());
  });

  test("are each used by some error", () => {
    const source = fileURLToPath(new URL("../../src/", import.meta.url));
    const code = globSync("**/*.ts", { cwd: source })
      .filter((file) => !/remed/.test(file))
      .map((file) => readFileSync(`${source}${file}`, "utf8"))
      .join("\n");
    assert.deepEqual(
      Object.keys(REMEDIES).filter((name) => !code.includes(`"${name}"`)),
      [],
    );
  });
});
