import assert from "node:assert/strict";
import { request, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { after, suite, test } from "node:test";
import { pageServer } from "../build/page-server.ts";

const server = pageServer({ html: "<p>page</p>", headers: { "content-security-policy": "default-src 'none'" } });
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
after(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));
const { port } = server.address() as AddressInfo;

function ask(
  path: string,
  { method = "GET", host = `127.0.0.1:${port}` } = {},
): Promise<{ status: number | undefined; body: string; policy: unknown }> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ port, host: "127.0.0.1", path, method, headers: { host } }, (response: IncomingMessage) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => (body += text));
      response.on("end", () => resolve({ status: response.statusCode, body, policy: response.headers["content-security-policy"] }));
    });
    outgoing.on("error", reject).end();
  });
}

suite("the server of the page", () => {
  test("answers for the page, with its policy, and for nothing else", async () => {
    assert.deepEqual(await ask("/"), { status: 200, body: "<p>page</p>", policy: "default-src 'none'" });
    assert.equal((await ask("/", { host: `localhost:${port}` })).status, 200);
    for (const path of [
      "/../../../package.json",
      "/..%2f..%2fpackage.json",
      "//etc/passwd",
      "/?x",
      "/index.html",
      "http://other.example/",
    ]) {
      assert.deepEqual([(await ask(path)).status, (await ask(path)).body], [404, ""], path);
    }
  });

  test("refuses a name that is not this machine's: a site could have made it mean this machine", async () => {
    for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1", `127.0.0.1.evil.example:${port}`, `127.0.0.1:${port + 1}`]) {
      assert.deepEqual(await ask("/", { host }), { status: 421, body: "", policy: undefined }, host);
    }
  });

  test("takes nothing", async () => {
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) assert.equal((await ask("/", { method })).status, 405, method);
    assert.deepEqual([(await ask("/", { method: "HEAD" })).status, (await ask("/", { method: "HEAD" })).body], [200, ""]);
  });
});
