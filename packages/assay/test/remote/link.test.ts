import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { asAssayError } from "../../src/core/error.ts";
import { openHubModel } from "../../src/source/hub/open-hub-model.ts";
import { readReference } from "../../src/source/reference.ts";
import { effort } from "../support/effort.ts";
import { fakeHub, json, type Hub } from "../support/hub/fake-hub.ts";
import { listen } from "../support/listening.ts";

interface Paged {
  readonly hub: Hub;
  /** Put into the answer to the first page. */
  link: string;
}

/** A hub whose first page of files has one, with a header as it is set; the second page, `?page=2`, has another. */
async function pagedHub(): Promise<Paged> {
  const state: { link: string } = { link: "" };
  const entry = (path: string): object => ({ type: "file", path, size: 1, oid: "0".repeat(40) });
  const hub = await fakeHub(
    {},
    {
      instead: (request, response, path) => {
        if (!path.includes("/tree/")) return false;
        if (request.url?.endsWith("?page=2") === true) json(response, [entry("b")]);
        else json(response, [entry("a")], 200, state.link === "" ? {} : { link: state.link });
        return true;
      },
    },
  );
  return Object.assign(state, { hub });
}

/** The names that are listed, or the code of the error. */
async function listed({ hub }: Paged): Promise<readonly string[] | string> {
  try {
    const model = await openHubModel("hf:acme/granite", readReference("hf:acme/granite"), { environment: { HF_ENDPOINT: hub.url } });
    return model.files.map(({ name }) => name);
  } catch (error) {
    return asAssayError(error).code;
  }
}

const space = fc.constantFrom("", " ", "  ", "\t");
/** `; rel="next"` as RFC 8288 allows it to be written, among other relations and parameters. */
const nextParameters = fc
  .tuple(space, space, fc.constantFrom('rel="next"', "rel=next", 'REL="next"', 'rel="last next"', 'title="a"; rel="next"'), space)
  .map(([a, b, rel, c]) => `${a};${b}${rel}${c}`);

suite("the address of the next page", () => {
  test("is found in whatever way the header is written, behind other links too", async () => {
    const paged = await pagedHub();
    const own = new URL("/api/models/acme/granite/tree/x?page=2", paged.hub.url);
    await fc.assert(
      fc.asyncProperty(
        nextParameters,
        fc.constantFrom("", '<http://other.example/>; rel="prev", ', "<x>; rel=first,"),
        fc.constantFrom(own.href, `${own.pathname}${own.search}`),
        async (parameters, before, target) => {
          paged.link = `${before}<${target}>${parameters}`.trim();
          assert.deepEqual(await listed(paged), ["a", "b"], paged.link);
        },
      ),
      { numRuns: effort(40, 1000) },
    );
  });

  test("never leads to another host, whatever the header is", async () => {
    const paged = await pagedHub();
    let asked = 0;
    const other = await listen((_request, response) => {
      asked++;
      json(response, []);
    });
    const own = `${paged.hub.url}/api/models/acme/granite/tree/x?page=2`;
    const pieces = fc.constantFrom(
      "<",
      ">",
      ";",
      ",",
      " ",
      "=",
      '"',
      "rel",
      "next",
      'rel="next"',
      `<${own}>`,
      `<${other.url}/x>`,
      other.url,
      "//",
    );
    const known: ReadonlySet<unknown> = new Set(["REMOTE_REDIRECT", "REMOTE_NAME", "SERVER_ANSWER", "REMOTE_DENIED"]);
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 12 }), async (parts) => {
        paged.link = parts.join("").trim();
        const found = await listed(paged);
        assert.ok(typeof found !== "string" || known.has(found), `${paged.link}: ${String(found)}`);
        assert.equal(asked, 0, paged.link);
      }),
      { numRuns: effort(60, 3000) },
    );
  });
});
