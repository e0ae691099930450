import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { inspect } from "node:util";
import { AssayError } from "../../src/core/error.ts";
import { CLIENT_SECRET, closingLogIns, FAILING_LOGINS } from "../support/oidc/failing-logins.ts";

/** Everything that anybody could print of an error. */
function everythingOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 20) return inspect(error, { depth: Infinity, showHidden: true });
  const hint = error instanceof AssayError ? error.hint : "";
  return [
    error.message,
    hint,
    error.stack,
    String(error),
    JSON.stringify(error),
    JSON.stringify(Object.getOwnPropertyDescriptors(error)),
    inspect(error, { depth: Infinity, showHidden: true, maxStringLength: Infinity, maxArrayLength: Infinity }),
    error.cause === undefined ? "" : everythingOf(error.cause, depth + 1),
  ].join("\n");
}

/** What the process itself writes while `work` runs. */
async function outputOf(work: () => Promise<void>): Promise<string> {
  let written = "";
  const originals = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write.bind(stream) }));
  for (const { stream, write } of originals) {
    stream.write = (chunk: string | Uint8Array, ...rest: never[]) => {
      written += Buffer.from(chunk as string).toString("latin1");
      return write(chunk, ...rest);
    };
  }
  try {
    await work();
  } finally {
    for (const { stream, write } of originals) stream.write = write;
  }
  return written;
}

/** As it is, and in the ways in which it travels. */
function spellings(secret: string): string[] {
  return [secret, encodeURIComponent(secret), encodeURIComponent(secret).replaceAll("%20", "+"), Buffer.from(secret).toString("base64")];
}

const begin = closingLogIns();

suite("no token, code, code verifier or client secret is ever shown", () => {
  for (const { what, manners, code, ...options } of FAILING_LOGINS) {
    test(`where ${what} (${code})`, async () => {
      const clientSecret = options.clientSecret ?? CLIENT_SECRET;
      let typed = "";
      const run = await begin(manners, {
        ...options,
        clientSecret,
        ...(options.typed === undefined ? {} : { typed: async (shown: string) => (typed = (await options.typed?.(shown)) ?? "") }),
      });
      let error: unknown;
      const output = await outputOf(async () => {
        try {
          await run.token();
        } catch (thrown) {
          error = thrown;
        }
      });
      assert.ok(error instanceof AssayError, "the log-in fails");

      const pages = run.pages.map(({ text, headers }) => text + JSON.stringify([...headers]));
      const everything = [output, ...run.shown, ...pages, everythingOf(error)].join("\n");
      const secrets = [...run.provider.secrets, clientSecret, typed.trim()].filter((secret) => secret !== "");
      assert.ok(everything.length > 500);
      for (const secret of secrets.flatMap(spellings)) {
        assert.ok(!everything.includes(secret), `${secret} is in ${everything}`);
      }
    });
  }

  test("nor where all succeeds", async () => {
    const run = await begin({ clientSecret: CLIENT_SECRET }, { clientSecret: CLIENT_SECRET });
    let shown = "";
    const output = await outputOf(async () => {
      const token = await run.token();
      shown = inspect({ token, run: run.pages }, { depth: Infinity, showHidden: true }) + JSON.stringify(token);
    });
    const everything = [output, shown, ...run.shown, ...run.pages.map(({ text, headers }) => text + JSON.stringify([...headers]))].join(
      "\n",
    );
    assert.ok(run.provider.secrets.length >= 4);
    for (const secret of [...run.provider.secrets, CLIENT_SECRET].flatMap(spellings)) assert.ok(!everything.includes(secret), secret);
  });
});
