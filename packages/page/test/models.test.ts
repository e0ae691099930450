import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { keySigner, sign, verify, type SignOptions, type VerifyOptions } from "assay";
import { verifyDocument } from "assay/report";
import { KEY_KINDS, makeKeyPair, type KeyKind } from "../../assay/test/support/keys.ts";
import { modelFolder, type Tree } from "../../assay/test/support/models/planted.ts";
import { ALICE, ISSUER, makeInstance } from "../../assay/test/support/sigstore/instance.ts";
import { closePage, openPage } from "./support/browser.ts";
import { assertSameAnswer, askPage, type AskedModel } from "./support/verify.ts";

const TREE = { "config.json": "{}", "weights/a.safetensors": "weights", "README.md": "# Granite" };
const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${"a".repeat(64)}\nsize 123456\n`;

interface Case {
  readonly name: string;
  readonly tree?: Tree;
  readonly kind?: KeyKind;
  readonly sign?: Partial<SignOptions>;
  /** What happens to the model after it was signed. */
  readonly change?: (model: string) => void;
  readonly verify?: Pick<VerifyOptions, "ignoreUnsignedFiles" | "ignorePaths">;
  /** Where the signature is, from the model. Default: model.sig in it. */
  readonly signature?: string;
  /** Where a browser shows less than the command sees: the answers may differ, and how. */
  readonly sees?: "no links";
}

const CASES: readonly Case[] = [
  { name: "as it was signed" },
  ...KEY_KINDS.map((kind) => ({ name: `signed with ${kind}`, kind })),
  {
    name: "names of every kind",
    tree: {
      "a b.txt": "1",
      "ä/ü.txt": "2",
      "日本.txt": "3",
      "q'\"#%&?.txt": "4",
      "line\nbreak.txt": "5",
      "\u{1f600}.txt": "6",
      "back\\slash": "7",
    },
  },
  { name: "hidden files and empty ones", tree: { ...TREE, ".hidden/.file": "x", ".env": "", "empty.bin": "" } },
  { name: "git's own files", tree: { ...TREE, ".git/config": "x", ".gitattributes": "*", "sub/.gitignore": "x" } },
  { name: "an empty folder", tree: { ...TREE, nothing: null } },
  { name: "a changed file", change: (model) => appendFileSync(join(model, "config.json"), " ") },
  { name: "a truncated file", change: (model) => truncateSync(join(model, "README.md"), 2) },
  { name: "an added file", change: (model) => writeFileSync(join(model, "run.py"), "import os") },
  {
    name: "an added file that is tolerated",
    change: (model) => writeFileSync(join(model, "run.py"), ""),
    verify: { ignoreUnsignedFiles: true },
  },
  {
    name: "an added file that is left out",
    change: (model) => writeFileSync(join(model, "run.py"), ""),
    verify: { ignorePaths: ["run.py"] },
  },
  { name: "a renamed file", change: (model) => renameSync(join(model, "README.md"), join(model, "README.txt")) },
  { name: "a name in other letters", change: (model) => renameSync(join(model, "README.md"), join(model, "readme.md")) },
  {
    name: "a missing and a changed file",
    change: (model) => (rmSync(join(model, "README.md")), appendFileSync(join(model, "config.json"), "!")),
  },
  {
    name: "a folder in the place of a file",
    change: (model) => (
      rmSync(join(model, "config.json")),
      mkdirSync(join(model, "config.json")),
      writeFileSync(join(model, "config.json/x"), "x")
    ),
  },
  { name: "a signature under another name", signature: "granite.oms.sig" },
  { name: "a signature beside the model", signature: "../granite.sig" },
  { name: "a signature in a folder of the model", signature: "sub/model.sig", tree: { ...TREE, "sub/x": "x" } },
  { name: "a signature that is no bundle", change: (model) => writeFileSync(join(model, "model.sig"), "{}") },
  { name: "git-LFS pointers", change: (model) => writeFileSync(join(model, "weights/a.safetensors"), POINTER) },
  { name: "shards", tree: { ...TREE, big: "x".repeat(3_500_000) }, sign: { shardSize: 1_000_000 } },
  {
    name: "shards, grown",
    tree: { ...TREE, big: "x".repeat(3_500_000) },
    sign: { shardSize: 1_000_000 },
    change: (model) => appendFileSync(join(model, "big"), "y".repeat(2_000_000)),
  },
  { name: "BLAKE3, changed", sign: { hash: "blake3" }, change: (model) => appendFileSync(join(model, "config.json"), " ") },
  { name: "BLAKE2b", sign: { hash: "blake2b" } },
  { name: "what the signer left out", tree: { ...TREE, "cache/x": "x" }, sign: { ignorePaths: ["cache"] } },
  { name: "a missing file", change: (model) => rmSync(join(model, "README.md")), sees: "no links" },
  {
    name: "a link in the place of a file",
    change: (model) => (
      renameSync(join(model, "README.md"), join(dirname(model), "readme")),
      symlinkSync("../readme", join(model, "README.md"))
    ),
    sees: "no links",
  },
  {
    name: "links that the signer allowed",
    tree: { ...TREE, "link.md": { link: "README.md" } },
    sign: { allowSymlinks: true },
    sees: "no links",
  },
];

for (const one of CASES) {
  test(`the page answers as the command does: ${one.name}`, async (t) => {
    const model = modelFolder(t, one.tree ?? TREE);
    const signature = join(model, one.signature ?? "model.sig");
    const { privateKey, publicKey } = makeKeyPair(one.kind ?? "P-256");
    const key = join(dirname(model), "key.pub");
    writeFileSync(key, publicKey);
    await sign(model, { signer: await keySigner({ privateKey }), signature, cwd: model, ...one.sign });
    one.change?.(model);
    const isFound = one.signature === undefined || /^[^/]+\.oms\.sig$/.test(one.signature);
    const named = isFound ? {} : { signature };
    const command = verifyDocument(
      await verify(model, { trust: { method: "key", publicKey: readFileSync(key) }, cwd: model, ...named, ...one.verify }),
    );
    const isSame = await compared({ model, asked: { method: "key", key }, ...named, ...one.verify }, command);
    assert.equal(isSame, one.sees === undefined, "only where a browser sees less may the page leave the answer open");
  });
}

async function compared(asked: AskedModel, command: ReturnType<typeof verifyDocument>): Promise<boolean> {
  const page = await openPage();
  const evidence = await askPage(page, asked);
  await closePage(page);
  assert.ok(typeof evidence === "object", typeof evidence === "string" ? evidence : "");
  return assertSameAnswer(evidence.verification, command);
}

test("an added link is not seen, and the answer says of what it is", async (t) => {
  const model = modelFolder(t, TREE);
  const { privateKey, publicKey } = makeKeyPair("P-256");
  const key = join(dirname(model), "key.pub");
  writeFileSync(key, publicKey);
  await sign(model, { signer: await keySigner({ privateKey }), signature: join(model, "model.sig") });
  symlinkSync("config.json", join(model, "link.json"));
  const command = await verify(model, { trust: { method: "key", publicKey }, cwd: model });
  assert.ok(command.outcome === "failed" && command.error.code === "LINK_NOT_ALLOWED");
  const page = await openPage();
  const evidence = await askPage(page, { model, asked: { method: "key", key } });
  // The one known case in which the two differ: so what the page keeps is never of the command's level.
  assert.ok(typeof evidence === "object" && evidence.level === "files-shown");
  assert.match(await page.locator("[data-outcome]").innerText(), /leaves out symbolic links/);
  await closePage(page);
});

test("an identity is verified with a private instance's trusted root, and another identity is refused", async (t) => {
  const instance = makeInstance();
  const model = modelFolder(t, TREE);
  const { bundle } = await sign(model, { signer: await keySigner({ privateKey: makeKeyPair("P-256").privateKey }) });
  const { dsseEnvelope } = JSON.parse(Buffer.from(bundle).toString()) as { readonly dsseEnvelope: { readonly payload: string } };
  const content = { kind: "dsse", payload: Buffer.from(dsseEnvelope.payload, "base64") } as const;
  writeFileSync(join(model, "model.sig"), instance.sign({ rekor: "v2", timestamp: true, content }).bytes);
  const trustedRoot = join(dirname(model), "trusted_root.json");
  writeFileSync(trustedRoot, JSON.stringify(instance.trustedRoot()));
  for (const [identity, code] of [
    [ALICE, undefined],
    ["mallory@example.com", "IDENTITY_MISMATCH"],
  ] as const) {
    const page = await openPage();
    const evidence = await askPage(page, { model, asked: { method: "sigstore", identity, provider: ISSUER, trustedRoot } });
    assert.ok(typeof evidence === "object", typeof evidence === "string" ? evidence : "");
    assert.equal(evidence.verification.error?.code, code);
    await closePage(page);
  }
});
