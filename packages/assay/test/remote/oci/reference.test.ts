import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { AssayError } from "../../../src/core/error.ts";
import { registryOf } from "../../../src/source/oci/registry.ts";
import { isRemoteReference, readReference } from "../../../src/source/reference.ts";
import { effort } from "../../support/effort.ts";

const component = fc.stringMatching(/^[a-z0-9]{1,8}(?:(?:\.|_|__|-{1,3})[a-z0-9]{1,8}){0,2}$/);
const host = fc.constantFrom("ghcr.io", "localhost", "localhost:5000", "127.0.0.1:5000", "[::1]:5000", "registry", "a-b.example.com:443");
const tag = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,20}$/);
const digest = fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => `sha256:${hex}`);

suite("a reference to a registry", () => {
  test("has its parts, whatever they are", () => {
    const property = fc.property(
      host,
      fc.array(component, { minLength: 1, maxLength: 4 }),
      fc.option(tag),
      fc.option(digest),
      fc.boolean(),
      (where, path, label, pin, slashes) => {
        const name = `${where}/${path.join("/")}`;
        const text = `oci:${slashes ? "//" : ""}${name}${label === null ? "" : `:${label}`}${pin === null ? "" : `@${pin}`}`;
        assert.ok(isRemoteReference(text));
        const read = readReference(text);
        assert.deepEqual([read.kind, read.name, read.revision], ["oci", name, pin ?? label ?? undefined]);
        assert.equal(registryOf(name).repository, path.join("/"));
      },
    );
    fc.assert(property, { numRuns: effort(200, 20_000) });
  });

  test("is read or refused, and leads to no other place than it says", () => {
    const piece = fc.oneof(
      fc.constantFrom("/", "//", "..", ".", ":", "@", "sha256:", "%2e", "?", "#", "\\", "ghcr.io", "a", "_", "-"),
      fc.string({ maxLength: 3 }),
    );
    const property = fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      try {
        const { name, revision = "latest" } = readReference(`oci:${pieces.join("")}`);
        const { endpoint, repository } = registryOf(name);
        const url = new URL(`v2/${repository}/manifests/${revision}`, endpoint);
        assert.equal(url.pathname, `/v2/${repository}/manifests/${revision}`);
        assert.equal(url.search + url.hash + url.username, "");
      } catch (error) {
        assert.ok(error instanceof AssayError && error.code === "USAGE", String(error));
      }
    });
    fc.assert(property, { numRuns: effort(500, 50_000) });
  });

  test("is not repeated with the password that was typed into it", () => {
    for (const text of [
      "oci:alice:s3cret@ghcr.io/acme/granite",
      "oci://alice:s3cret@ghcr.io/a",
      "s3://alice:s3cret@bucket/x/",
      "s3:alice:s3cret@b",
    ])
      assert.throws(
        () => readReference(text),
        (error) => error instanceof AssayError && !`${error.message} ${error.hint}`.includes("s3cret"),
        text,
      );
  });
});
