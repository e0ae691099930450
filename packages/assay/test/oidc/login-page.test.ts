import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { suite, test } from "node:test";
import { logInPage, type LogInEnd } from "../../src/oidc/login-page.ts";

const ENDS: readonly LogInEnd[] = [{ kind: "success", identity: "alice@example.com" }, { kind: "failure" }, { kind: "unrelated" }];

suite("the page at the end of a log-in", () => {
  for (const end of ENDS) {
    const { html, headers } = logInPage(end);

    test(`(${end.kind}) can be read by everybody: language, title, one heading in main, both color schemes`, () => {
      assert.match(html, /^<!doctype html>\n<html lang="en">/);
      assert.match(html, /<title>[^<]+ - Assay<\/title>/);
      assert.equal(html.match(/<main>/g)?.length, 1);
      assert.equal(html.match(/<h1>/g)?.length, 1);
      assert.match(html, /<meta name="viewport" content="width=device-width, initial-scale=1">/);
      assert.match(html, /color-scheme: light dark/);
      assert.match(html, /prefers-color-scheme: dark/);
      assert.match(html, /aria-hidden="true">[✔✘]</u);
    });

    test(`(${end.kind}) runs nothing, loads nothing and leads nowhere`, () => {
      assert.doesNotMatch(html, /<script|<img|<link|<a |<iframe|<form|<svg|url\(|@import|https?:|\bon\w+=/i);
      const policy = headers["content-security-policy"] ?? "";
      const style = /<style>([^]*?)<\/style>/.exec(html)?.[1] ?? "";
      const hash = createHash("sha256").update(style).digest("base64");
      assert.ok(policy.startsWith(`default-src 'none'; style-src 'sha256-${hash}';`), policy);
      for (const rule of ["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"]) assert.ok(policy.includes(rule));
      assert.doesNotMatch(policy, /unsafe/);
      assert.doesNotMatch(html, /style="/);
      assert.equal(headers["cache-control"], "no-store");
      assert.equal(headers["referrer-policy"], "no-referrer");
      assert.equal(headers["x-content-type-options"], "nosniff");
      assert.equal(headers["content-type"], "text/html; charset=utf-8");
    });

    test(`(${end.kind}) opens and closes what belongs together`, () => {
      const open: string[] = [];
      for (const [, slash, name = ""] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
        if (slash === "/") assert.equal(open.pop(), name);
        else if (name !== "meta") open.push(name);
      }
      assert.deepEqual(open, []);
    });

    test(`(${end.kind}) has contrast enough for small text in both schemes`, () => {
      const schemes = [...html.matchAll(/--ground:[^}]+/g)].map(([block]) => block);
      assert.equal(schemes.length, 2);
      for (const block of schemes) {
        const color = (name: string): string => new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(block)?.[1] ?? "";
        for (const name of ["text", "good", "bad"]) assert.ok(contrast(color(name), color("ground")) >= 7, `${name} in ${block}`);
      }
    });
  }

  test("shows the identity as text, whatever it holds", () => {
    const { html } = logInPage({ kind: "success", identity: `<script>alert(1)</script>&"'` });
    assert.doesNotMatch(html, /<script/);
    assert.ok(html.includes("&#60;script&#62;alert(1)&#60;/script&#62;&#38;&#34;&#39;"));
  });
});

/** WCAG 2.2: the contrast ratio of two colors. */
function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
