import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { check, type Check, type CheckOptions } from "../../../src/api/check.ts";
import { checkHtml, checksHtml } from "../../../src/report/html/check-html.ts";
import { isReportPage } from "../../../src/report/html/page.ts";
import { checkFolder, POISON, type CheckFolder } from "../../support/check/checked.ts";
import { digest } from "../../../src/api/digest.ts";

const SIGNED = "signers: [{ name: ours, key: { file: ours.pub } }]\n";

async function checked({ root, policy }: CheckFolder, rules: string, options: CheckOptions = {}, more = ""): Promise<Check> {
  const at = new Date("2026-12-01T00:00:00Z");
  return check("granite", policy(rules, more), { cwd: root, at, isComplete: true, ...options });
}

/** The text that a reader sees. */
function textOf(page: string): string {
  return page
    .replace(/<style>[^]*?<\/style>/, "")
    .replaceAll(/<[^<>]*>/g, " ")
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll(/\s+/g, " ");
}

suite("checkHtml", () => {
  test("is one page without scripts, links or anything that is loaded from elsewhere", async () => {
    const page = checkHtml(await checked(await checkFolder(), SIGNED));
    assert.match(page, /^<!doctype html>\n/);
    assert.doesNotMatch(page, /<script|<link|<img|<iframe|<object|<form|\son[a-z]+=|url\(|@import|https?:/i);
    assert.match(page, /default-src 'none'/);
  });

  test("says the verdict first, then why, what was not covered, the model, Annex XII and the identity", async () => {
    const folder = await checkFolder({ "pytorch_model.bin": POISON });
    writeFileSync(join(folder.model, "extra.txt"), "x");
    const one = await checked(folder, `${SIGNED}load: data-only\n`);
    const text = textOf(checkHtml(one));
    const order = [
      "DENY: granite",
      "DENY granite Decided by the rule coverage: not under the signature: extra.txt.",
      "Signer Verified in part",
      "Load risk Runs code",
      "License Apache-2.0",
      "Openness",
      "Why",
      "pass signers",
      "deny coverage",
      "Remove the files, have the whole model signed",
      "deny load",
      "The policy has no rule for this model on: pin, formats, size, license, openness, digests, advisories.",
      "What was not covered",
      "Not under the signature: 1 file extra.txt",
      "What loading it does",
      "(byte 24) calls posix.system",
      "The model",
      "Annex XII of the EU AI Act",
      "found 1(h) License Apache-2.0",
      "Identity",
      one.policy.digest,
    ].map((part) => ({ part, at: text.indexOf(part) }));
    for (const [index, { part, at }] of order.entries()) assert.ok(at > (order[index - 1]?.at ?? -1), `${part}\n${text}`);
  });

  test("a signer counts only where the rule on signers passes: not one of another entry, and not outside its window", async () => {
    const { root, policy } = await checkFolder();
    const axis = async (name: string): Promise<string> => {
      const one = await check("granite", name, { cwd: root, at: new Date("2026-12-01T00:00:00Z"), isComplete: true });
      return /Signer .*? Load risk/.exec(textOf(checkHtml(one)))?.[0] ?? "";
    };
    assert.match(await axis(policy(SIGNED)), /Signer Verified By the key/);
    assert.match(await axis(policy("signers: [{ key: { file: ours.pub }, valid-until: 2026-01-31 }]\n")), /Signer Signed at another time/);
    assert.match(await axis(policy("signers: [{ key: { file: other.pub } }]\n")), /Signer Not by a trusted signer/);
    assert.match(await axis(policy("load: any\n")), /Signer Not verified/);
    const other = `  - id: later\n    match: { name: "**" }\n    rules: { signers: [{ key: { file: ours.pub } }] }\n`;
    assert.match(await axis(policy("load: any\n", other)), /Signer Not verified/);
  });

  test("shows a waiver with its reason and approvers, used and expired", async () => {
    const folder = await checkFolder({ "pytorch_model.bin": POISON });
    const { manifestDigest } = await digest(folder.model);
    const waiver = (expires: string): string =>
      `waivers:\n  - { rule: load, manifest: "${manifestDigest}", reason: reviewed by hand, expires: ${expires}, approved-by: [a@example.com, b@example.com], ticket: R-1 }\n`;
    const used = textOf(checkHtml(await checked(folder, "load: data-only\n", {}, waiver("2027-01-31"))));
    assert.match(used, /ALLOW granite 0 of 1 rule passes, 1 waived\. The policy permits this model, with the reservations below/);
    assert.match(
      used,
      /load , in use; last day 2027-01-31 reviewed by hand Approved by a@example\.com, b@example\.com, as the policy says; ticket R-1/,
    );
    const expired = textOf(checkHtml(await checked(folder, "load: data-only\n", {}, waiver("2026-10-31"))));
    assert.match(expired, /DENY granite.*load , expired; last day 2026-10-31 reviewed by hand/);
  });

  test("a model that cannot be read, and one that no entry is for, have a page too", async () => {
    const folder = await checkFolder();
    const none = await check("granite", folder.policy("load: any\n"), { cwd: folder.root, at: new Date(0) });
    assert.match(textOf(checkHtml(none)), /Card, licenses and documents were not read/);
    writeFileSync(
      join(folder.root, "none.yml"),
      'version: 1\nname: none\nmodels:\n  - { match: { name: "other" }, rules: { load: any } }\n',
    );
    const unmatched = await check("granite", "none.yml", { cwd: folder.root });
    assert.match(textOf(checkHtml(unmatched)), /DENY granite No entry of the policy is for this model\./);
    const { symlinkSync } = await import("node:fs");
    symlinkSync("/etc/hostname", join(folder.model, "linked.bin"));
    const unread = await check("granite", "none.yml", { cwd: folder.root });
    assert.match(textOf(checkHtml(unread)), /INCOMPLETE granite .*Signer Unknown The model could not be read\./);
  });

  test("several models are on one page, one after another", async () => {
    const folder = await checkFolder();
    const one = await checked(folder, SIGNED);
    rmSync(join(folder.model, "model.sig"));
    const page = textOf(checksHtml([one, await checked(folder, SIGNED)]));
    assert.match(page, /^ Decisions about 2 models .*ALLOW granite.*DENY granite/s);
  });
});

suite("the report of a hostile model", () => {
  const SCRIPT = "<script>alert(1)<";

  test("shows its names as text: no tag, no attribute, no direction of its own", async () => {
    const folder = await checkFolder({
      [`${SCRIPT}.py`]: "x = 1\n",
      "a\u202Egpj.py": "x = 1\n",
      '" onmouseover="alert(1).py': "x = 1\n",
      "README.md": `---\nlicense: "</style><b>mine"\npipeline_tag: "<img src=x onerror=alert(1)>"\nlanguage: "\u2066en"\n---\n# <b>Bold</b>\n`,
    });
    const page = checkHtml(await checked(folder, `${SIGNED}load: data-only\nlicense: [MIT]\n`));
    assert.doesNotMatch(page, /<script|<img|<b>|<\/style><b|"\s*onmouseover/i);
    assert.doesNotMatch(page, /[\u202a-\u202e\u2066-\u2069\u0000-\u0009\u000b-\u001f]/u);
    assert.ok(textOf(page).includes(`${SCRIPT}.py`));
    assert.ok(textOf(page).includes("a\\u202egpj.py"));
  });

  test("shortens very long names in their middle, and says so", async () => {
    const folder = await checkFolder({ "README.md": `---\npipeline_tag: ${"x".repeat(490)}y\n---\n# A model\n` });
    const page = checkHtml(await checked(folder, SIGNED));
    assert.match(page, /x{100} … \(131 characters\) … x{100}x*y/);
  });

  test("stays small with 10,000 findings, and counts what it leaves out", async () => {
    const folder = await checkFolder();
    const one = await checked(folder, `${SIGNED}load: data-only\n`);
    assert.ok(one.scan !== undefined && one.facts !== undefined);
    const [file] = one.scan.risk.files;
    assert.ok(file !== undefined);
    const findings = Array.from({ length: 10_000 }, (_, offset) => {
      return { reason: "pickle/import" as never, what: "calls os.system", offset, outcome: "code" as const, isWaived: false };
    });
    const names = Array.from({ length: 10_000 }, (_, index) => ({ name: `part-${index}.py`, isLoaded: true }));
    const { REASONS } = await import("../../../src/risk/reasons.ts");
    const [reason] = Object.keys(REASONS) as (keyof typeof REASONS)[];
    const page = checkHtml({
      ...one,
      facts: { ...one.facts, uncovered: names },
      scan: { ...one.scan, risk: { ...one.scan.risk, files: [{ ...file, findings: findings.map((f) => ({ ...f, reason: reason! })) }] } },
    });
    assert.ok(page.length < 100_000, String(page.length));
    assert.match(textOf(page), /10,000 findings.*and 9,980 more/);
    assert.match(textOf(page), /Not under the signature: 10,000 files.*and 9,980 more/);
  });
});

test("with redact, the page has no path, and neither the folder's nor the policy's name", async () => {
  const folder = await checkFolder({ "pytorch_model.bin": POISON });
  const read = await checked(folder, `${SIGNED}load: data-only\npin: if-present\n`);
  const one: Check = { ...read, warnings: [{ code: "LFS_POINTER", message: `${folder.model}/x is a pointer` }] };
  const open = checkHtml(one);
  const page = checkHtml(one, { redact: true });
  assert.ok(open.includes("granite"));
  for (const text of [folder.root, "granite", "policy.yml", "ours.pub"]) assert.ok(!page.includes(text), text);
  assert.ok(page.includes(one.digested?.manifestDigest ?? "none"));
});

test("a page is known by its first lines", async () => {
  const page = new TextEncoder().encode(checkHtml(await checked(await checkFolder(), SIGNED)));
  assert.equal(isReportPage(page), true);
  assert.equal(isReportPage(new TextEncoder().encode("<!doctype html>\n<html>")), false);
  assert.equal(isReportPage(readFileSync(new URL(import.meta.url))), false);
});
