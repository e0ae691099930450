import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { suite, test } from "node:test";
import { COMMIT_2, json, sendFile, type FakeHubOptions } from "../support/hub/fake-hub.ts";
import { saving, WEIGHTS, weights } from "../support/hub/saving.ts";

const PAGE = readFileSync(fileURLToPath(new URL("../../../../docs/remote.md", import.meta.url)), "utf8");

const everything = (status: number, code?: string, headers: Readonly<Record<string, string>> = {}): FakeHubOptions => ({
  instead: (_request, response) => (
    json(response, { error: "no" }, status, { ...headers, ...(code === undefined ? {} : { "x-error-code": code }) }),
    true
  ),
});
const changed = Buffer.from(WEIGHTS);
changed[5] = (changed[5] ?? 0) ^ 1;
/** What happens, the exit code, and how the hub does it; the bytes that the signature is not about, where they differ. */
const FAILURES: readonly (readonly [string, number, FakeHubOptions, Readonly<Record<string, Uint8Array>>?, string?])[] = [
  ["gated", 3, everything(403, "GatedRepo")],
  ["missing or private", 3, everything(401, "RepoNotFound")],
  ["no such model, by a hub that says so", 2, everything(404)],
  ["no such revision", 2, {}, {}, "hf:acme/granite@v9"],
  ["moved meanwhile", 3, weights((request, response) => (sendFile(request, response, WEIGHTS, COMMIT_2), true))],
  ["not the signed bytes", 1, {}, { "sub/weights.bin": changed }],
  ["not the bytes that the hub lists", 1, weights((request, response) => (sendFile(request, response, changed), true))],
  ["truncated", 3, weights((_request, response) => (response.end(WEIGHTS.subarray(1)), true))],
  ["limited", 3, everything(429, undefined, { ratelimit: '"api";r=0;t=200' })],
  ["no token, or one that may not read it", 3, everything(403)],
  [
    "sent on to a private address",
    3,
    weights((_request, response) => (response.writeHead(302, { location: "http://10.0.0.7/x" }).end(), true)),
  ],
  ["a hostile name", 1, { list: (entries) => [...entries, { ...entries[0], path: "../../.bashrc" }] }],
];

suite("what is said where a model on a hub cannot be had", () => {
  for (const [what, exitCode, options, files = {}, reference = "hf:acme/granite"] of FAILURES) {
    test(`${what}: as docs/remote.md has it, with exit code ${exitCode}`, async () => {
      const { run, hub } = await saving(options, files, reference);
      const ran = await run("--json");
      assert.equal(ran.exitCode, exitCode, ran.stdout + ran.stderr);
      const { error } = JSON.parse(ran.stdout) as { readonly error: { readonly code: string; readonly message: string } };
      const said = error.message.replaceAll(hub.url, "https://huggingface.co").replaceAll(new URL(hub.url).host, "huggingface.co");
      const row = `| ${what}`;
      const found = PAGE.split("\n").find((line) => line.startsWith(row)) ?? "";
      assert.ok(
        found.includes(`\`${error.code}\``) && found.includes(said),
        `docs/remote.md: ${row} | ${said} | \`${error.code}\` | ${exitCode} |`,
      );
      assert.ok(found.replaceAll(" ", "").endsWith(`|${exitCode}|`), found);
    });
  }
});
