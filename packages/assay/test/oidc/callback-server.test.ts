import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, suite, test } from "node:test";
import { type CallbackServer, listenForCallback } from "../../src/oidc/callback-server.ts";
import { refusedWith, rejectsWith } from "../support/rejects.ts";
import { visit } from "../support/oidc/browsing.ts";

const servers: CallbackServer[] = [];
after(async () => {
  for (const server of servers) await server.close();
});

async function start(): Promise<{ readonly server: CallbackServer; readonly base: string; readonly url: string; readonly port: number }> {
  const server = await listenForCallback();
  servers.push(server);
  const { port } = new URL(server.redirectUri);
  return { server, base: `http://127.0.0.1:${port}`, url: `http://127.0.0.1:${port}/auth/callback`, port: Number(port) };
}

/** Sends these bytes and gives what comes back. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.on("data", (piece) => (answer += piece.toString()));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(answer));
  });
}

suite("the server that a log-in ends at", () => {
  test("serves one path, to GET only", { timeout: 10_000 }, async () => {
    const { server, base, url } = await start();
    server.expect("right");
    for (const path of ["/", "/auth", "/auth/callback/", "/AUTH/CALLBACK", "/favicon.ico", "/auth//callback"]) {
      assert.equal((await visit(`${base}${path}?state=right&code=c`)).status, 404, path);
    }
    for (const method of ["POST", "HEAD", "PUT", "OPTIONS"]) {
      const { status, headers } = await visit(`${url}?state=right&code=c`, { method });
      assert.equal(status, 405, method);
      assert.equal(headers.get("allow"), "GET");
      assert.equal(headers.get("access-control-allow-origin"), null);
    }
  });

  test("takes no answer before it expects one, with another state, or with two", { timeout: 10_000 }, async () => {
    const { server, url } = await start();
    assert.equal((await visit(`${url}?state=right&code=c`)).status, 400);
    assert.equal((await visit(`${url}?state=&code=c`)).status, 400);
    server.expect("right");
    for (const query of [
      "",
      "?code=c",
      "?state=wrong",
      "?state=righ",
      "?state=right2",
      "?state=right&state=right",
      "?state=wrong&state=right",
    ]) {
      const { status, text } = await visit(url + query);
      assert.equal(status, 400, query);
      assert.match(text, /belongs to no log-in here/);
    }
  });

  test("takes one answer and no second", { timeout: 10_000 }, async () => {
    const { server, url } = await start();
    server.expect("right");
    const first = visit(`${url}?state=right&code=first`);
    const { parameters, show } = await server.callback(1000);
    assert.equal(parameters.get("code"), "first");
    assert.equal((await visit(`${url}?state=right&code=second`)).status, 400);
    await show({ kind: "failure" });
    assert.equal((await first).status, 400);
  });

  test("takes no second one either while the first is not read", { timeout: 10_000 }, async () => {
    const { server, url } = await start();
    server.expect("right");
    const first = visit(`${url}?state=right&code=first`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.match((await visit(`${url}?state=right&code=second`)).text, /belongs to no log-in here/);
    const { parameters, show } = await server.callback(1000);
    assert.equal(parameters.get("code"), "first");
    await show({ kind: "failure" });
    await first;
  });

  test("answers no request under another host name", { timeout: 10_000 }, async () => {
    const { server, port } = await start();
    server.expect("right");
    const ask = (host: string): Promise<string> => raw(port, `GET /auth/callback?state=right&code=c HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    assert.match(await ask("evil.example"), /^HTTP\/1\.1 421 /);
    assert.match(await ask(`evil.example:${port}`), /^HTTP\/1\.1 421 /);
    assert.match(await ask("localhost"), /^HTTP\/1\.1 421 /);
    const answered = ask(`localhost:${port}`);
    await (await server.callback(1000)).show({ kind: "success", identity: "alice@example.com" });
    assert.match(await answered, /^HTTP\/1\.1 200 /);
  });

  test("survives malformed requests, and endless ones", { timeout: 10_000 }, async () => {
    const { server, port, url } = await start();
    server.expect("right");
    await raw(port, "garbage\r\n\r\n");
    const long = await raw(port, `GET /auth/callback?state=${"x".repeat(40_000)} HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
    assert.doesNotMatch(long, /^HTTP\/1\.1 200/);
    assert.match(await raw(port, `GET //[ HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`), /^HTTP\/1\.1 404/);
    const answered = visit(`${url}?state=right&code=c`);
    await (await server.callback(1000)).show({ kind: "failure" });
    assert.equal((await answered).status, 400);
  });

  test(
    "is reached over the loopback interface only, and is gone once closed, even with open connections",
    { timeout: 20_000 },
    async () => {
      const { server, url, port } = await start();
      const idle = connect(port, "127.0.0.1", () => idle.write("GET /auth/call"));
      idle.on("error", () => undefined);
      await assert.rejects(visit(url.replace("127.0.0.1", "127.0.0.2")));
      await new Promise((resolve) => setTimeout(resolve, 50));
      await server.close();
      await assert.rejects(visit(url));
      idle.destroy();
      servers.splice(servers.indexOf(server), 1);
    },
  );

  test("gives up after its time, and says whether others came", { timeout: 10_000 }, async () => {
    const { server, url } = await start();
    server.expect("right");
    assert.match((await rejectsWith("LOGIN_FAILED", () => server.callback(20))).message, /^no log-in within 0\.02 s$/);
    await visit(url);
    assert.match((await rejectsWith("LOGIN_FAILED", () => server.callback(20))).message, /belonged to another log-in/);
  });

  test("stops when the caller does, and takes nothing after", { timeout: 10_000 }, async () => {
    const { server, url } = await start();
    server.expect("right");
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    await refusedWith("ABORTED", () => server.callback(5000, controller.signal));
    assert.equal((await visit(`${url}?state=right&code=c`)).status, 400);
  });

  test("lets a browser that went away go", { timeout: 10_000 }, async () => {
    const { server, port } = await start();
    server.expect("right");
    const socket = connect(port, "127.0.0.1", () =>
      socket.write(`GET /auth/callback?state=right&code=c HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`),
    );
    const { show } = await server.callback(1000);
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await show({ kind: "failure" });
  });
});
