import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { test, type TestContext } from "node:test";
import type { Page } from "playwright-core";
import { pageServer } from "../build/page-server.ts";
import { builtPage, closePage, openPage, until } from "./support/browser.ts";
import { signedModel } from "./support/models.ts";

/**
 * A server on this machine that notes what reaches it. Chromium opens a connection for a frame and a form before the policy refuses
 * them: no byte is sent over it.
 */
async function startSink(t: TestContext): Promise<{ readonly url: string; readonly reached: readonly string[] }> {
  const reached: string[] = [];
  const server: Server = createServer((request, response) => {
    reached.push(request.url ?? "");
    response.writeHead(200, { "access-control-allow-origin": "*", "content-type": "text/javascript" }).end("1");
  });
  server.on("connection", (socket) => socket.on("data", (bytes) => reached.push(`${bytes.length} bytes`)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, reached };
}

/** Serves the page as `npm run page` does. */
async function servePage(t: TestContext): Promise<string> {
  const server = pageServer(await builtPage());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Every way to send that a script in a page or a worker has, each ended: what did not arrive by then never will. */
const IN_BOTH = `(async (url) => {
  const attempts = {
    fetch: () => fetch(url + "/fetch", { method: "POST", body: "secret", mode: "no-cors" }),
    keepalive: () => fetch(url + "/keepalive", { method: "POST", body: "secret", keepalive: true, mode: "no-cors" }),
    xhr: () => new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.onload = resolve; request.onerror = reject;
      request.open("POST", url + "/xhr"); request.send("secret");
    }),
    socket: () => new Promise((resolve, reject) => {
      const socket = new WebSocket(url.replace("http", "ws") + "/socket");
      socket.onopen = resolve; socket.onerror = reject;
    }),
    events: () => new Promise((resolve, reject) => {
      const events = new EventSource(url + "/events");
      events.onopen = resolve; events.onerror = () => { events.close(); reject(new Error("refused")); };
    }),
    import: () => import(url + "/import.js"),
  };
  const passed = [];
  for (const [name, attempt] of Object.entries(attempts)) {
    try { await attempt(); passed.push(name); } catch {}
  }
  return passed;
})`;

const IN_PAGE = `(async (url) => {
  const settled = (element) => new Promise((resolve) => { element.onload = () => resolve(true); element.onerror = () => resolve(false); setTimeout(() => resolve(false), 300); });
  const add = (tag, fields) => { const element = Object.assign(document.createElement(tag), fields); const done = settled(element); document.body.append(element); return done; };
  const passed = [];
  if (navigator.sendBeacon(url + "/beacon", "secret")) passed.push("beacon was queued");
  await add("img", { src: url + "/image.png?secret" });
  await add("script", { src: url + "/script.js?secret" });
  await add("link", { rel: "stylesheet", href: url + "/style.css?secret" });
  await add("link", { rel: "prefetch", href: url + "/prefetch?secret" });
  await add("link", { rel: "icon", href: url + "/icon.png?secret" });
  await add("iframe", { src: url + "/frame?secret" });
  await add("object", { data: url + "/object?secret" });
  await add("video", { src: url + "/video?secret" });
  const form = Object.assign(document.createElement("form"), { action: url + "/form", method: "post" });
  document.body.append(form);
  form.submit();
  try { new Worker(url + "/worker.js"); } catch {}
  await new Promise((resolve) => setTimeout(resolve, 300));
  return passed;
})`;

/** A model large enough for the hash worker to be at work while it is tried. */
async function hashing(t: TestContext, page: Page): Promise<void> {
  const { model, key } = await signedModel(t, { "large.bin": new Uint8Array(600_000_000) });
  await page.getByLabel("Choose a folder").setInputFiles(model);
  await page.getByText("Choose the key first.").waitFor();
  await page.getByLabel("Choose the key file").setInputFiles(key);
  await until(() => page.workers().length > 0);
}

for (const from of ["a file", "a server"] as const) {
  test(`nothing leaves the page, opened from ${from}, and nothing leaves its worker`, async (t) => {
    const { url, reached } = await startSink(t);
    const page = await openPage({ ...(from === "a file" ? {} : { url: await servePage(t) }), expectsRefusals: true });
    await hashing(t, page);
    const [worker] = page.workers();
    assert.ok(worker !== undefined, "the hash worker is at work");
    assert.deepEqual(await worker.evaluate(`${IN_BOTH}(${JSON.stringify(url)})`), []);
    assert.deepEqual(await page.evaluate(`${IN_BOTH}(${JSON.stringify(url)})`), []);
    await page.evaluate(`${IN_PAGE}(${JSON.stringify(url)})`);
    assert.deepEqual([...reached], []);
    // The sink is there, and counts: else nothing was shown.
    await fetch(`${url}/control`);
    assert.ok([...reached].includes("/control"));
    await closePage(page);
  });
}

test("a page without the policy reaches the sink: the attempts are real", async (t) => {
  const { url, reached } = await startSink(t);
  const page = await openPage({ bypassCSP: true, expectsRefusals: true });
  const passed = await page.evaluate<string[]>(`${IN_BOTH}(${JSON.stringify(url)})`);
  assert.ok(passed.includes("fetch") && passed.includes("import"), passed.join());
  assert.ok(reached.includes("/fetch"));
  await closePage(page);
});

test("after it is loaded, the page asks for nothing", async (t) => {
  const requests: string[] = [];
  const page = await openPage({ url: await servePage(t) });
  page.on("request", (request) => requests.push(request.url()));
  const { model, key } = await signedModel(t, { "a.bin": "a" });
  await page.getByLabel("Choose a folder").setInputFiles(model);
  await page.getByText("Choose the key first.").waitFor();
  await page.getByLabel("Choose the key file").setInputFiles(key);
  await page.locator("[data-outcome=verified]").waitFor();
  assert.deepEqual(
    requests.filter((url) => !/^(?:blob|data):/.test(url)),
    [],
  );
  await closePage(page);
});
