import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { assessOpenness, diff, digest, keySigner, sign, verify } from "../src/index.ts";
import { bindInspection } from "../src/api/bind-inspection.ts";
import { checkInspection, inspectFolder } from "../src/api/inspect-folder.ts";
import { shippedLicenses } from "../src/catalog/licenses.ts";
import { fileAccess, type FileAccess } from "../src/source/file-access.ts";
import { makeKeyPair } from "./support/keys.ts";
import { writeFiles } from "./support/models/on-disk.ts";
import { rejectsWith } from "./support/rejects.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const keys = makeKeyPair("P-256");
const trust = { method: "key", publicKey: keys.publicKey } as const;

/** Options under which `change` is made once, after so many files were hashed. */
function meanwhile(change: () => void, count = 1): { readonly access: FileAccess; readonly threads: 1 } {
  let left = count;
  const close = (descriptor: number): void => {
    fileAccess.close(descriptor);
    left--;
    if (left === 0) change();
  };
  return { access: { ...fileAccess, close }, threads: 1 };
}

function makeModel(): { model: string; cwd: string; signature: string } {
  const cwd = temporaryFolder();
  return { cwd, model: writeFiles(join(cwd, "model"), { a: "aaaa", b: "bbbb" }), signature: join(cwd, "model.sig") };
}

/** Each change of a model while it is read, by what it must be called. */
const CHANGES: Record<string, (model: string) => void> = {
  "a changed": (model) => writeFileSync(join(model, "a"), "evil"),
  "c was added": (model) => writeFileSync(join(model, "c"), ""),
  "a was removed": (model) => rmSync(join(model, "a")),
};

suite("an ignored place that was empty when the model was walked", () => {
  for (const name of [".github/weights.bin", "logs/deep/run.txt"]) {
    test(`and holds ${name} at the end does not pass where all has to be covered`, async () => {
      const { model, signature } = makeModel();
      mkdirSync(join(model, "logs/deep"), { recursive: true });
      const ignorePaths = [join(model, "logs")];
      await sign(model, { signer: await keySigner({ privateKey: keys.privateKey }), signature, ignorePaths });
      const plant = meanwhile(() => writeFiles(model, { [name]: "evil" }));
      const answer = await verify(model, { trust, signature, requireAll: true, ...plant });
      assert.ok(answer.outcome === "incomplete");
      assert.match(answer.error.message, new RegExp(`^${name.slice(0, name.indexOf("/"))} was added while the model was read$`));
      rmSync(join(model, name));
      assert.equal((await verify(model, { trust, signature, requireAll: true })).outcome, "verified");
    });
  }
});

suite("a model that changes after its first file was hashed", () => {
  for (const [what, change] of Object.entries(CHANGES)) {
    const message = new RegExp(`^${what} while the model was read$`);

    test(`is not signed, where ${what}: nothing is written and the old signature stays`, async () => {
      const { model, signature } = makeModel();
      const signer = await keySigner({ privateKey: keys.privateKey });
      const options = { signer, signature, ...meanwhile(() => change(model)) };
      await assert.rejects(sign(model, options), { code: "FILE_CHANGED", message });
      assert.equal(existsSync(signature), false);
    });

    test(`is not verified, where ${what}`, async () => {
      const { model, signature } = makeModel();
      await sign(model, { signer: await keySigner({ privateKey: keys.privateKey }), signature });
      const options = { trust, signature, ...meanwhile(() => change(model)) };
      const answer = await verify(model, options);
      assert.ok(answer.outcome === "incomplete");
      assert.match(answer.error.message, message);
    });

    test(`has no digest, where ${what}`, async () => {
      const { model } = makeModel();
      await assert.rejects(
        digest(
          model,
          meanwhile(() => change(model)),
        ),
        { code: "FILE_CHANGED", message },
      );
    });

    test(`is not said to be the same, where ${what} on either side`, async () => {
      for (const side of [0, 1]) {
        const models = [makeModel().model, makeModel().model] as const;
        const options = meanwhile(() => change(models[side] ?? ""), side * 2 + 1);
        await assert.rejects(diff(...models, options), { code: "FILE_CHANGED", message });
      }
    });

    test(`is not bound to an openness class, where ${what}`, async () => {
      const { model } = makeModel();
      const options = { licenses: shippedLicenses(), ...meanwhile(() => change(model)) };
      const inspection = await inspectFolder(model, options);
      await assert.rejects(bindInspection(model, inspection, options), { code: "FILE_CHANGED", message });
    });
  }
});

suite("a signature that is replaced while the model is read", () => {
  for (const where of ["model.sig", "model/model.sig"]) {
    test(`at ${where} is not the one that was verified`, async () => {
      const { model, cwd } = makeModel();
      const signature = join(cwd, where);
      await sign(model, { signer: await keySigner({ privateKey: keys.privateKey }), signature });
      const replace = (): void => {
        writeFileSync(`${signature}.new`, readFileSync(signature));
        renameSync(`${signature}.new`, signature);
      };
      const options = { trust, signature, ...meanwhile(replace) };
      const answer = await verify(model, options);
      assert.ok(answer.outcome === "incomplete");
      assert.match(answer.error.message, /the signature .*model\.sig was replaced/);
    });
  }

  test("that another program writes is not overwritten by sign", async () => {
    const { model, signature } = makeModel();
    const signer = await keySigner({ privateKey: keys.privateKey });
    const options = { signer, signature, ...meanwhile(() => writeFileSync(signature, "another")) };
    await assert.rejects(sign(model, options), { code: "FILE_CHANGED", message: /the signature .*model\.sig was added/ });
    assert.equal(readFileSync(signature, "utf8"), "another");
  });
});

suite("a folder that changes after it was inspected", () => {
  const licenses = shippedLicenses();
  const changes: Record<string, (folder: string) => void> = {
    "a file that was only looked at changes": (folder) => writeFileSync(join(folder, "sub/weights.bin"), "wwwx"),
    "a license is added": (folder) => writeFileSync(join(folder, "sub/LICENSE"), "No."),
    "a folder is added": (folder) => mkdirSync(join(folder, "more")),
    "a file is removed": (folder) => rmSync(join(folder, "a")),
  };
  for (const [what, change] of Object.entries(changes)) {
    test(`gets no answer and no mof.yml, where ${what}`, async () => {
      const folder = writeFiles(join(temporaryFolder(), "model"), { a: "1", "sub/weights.bin": "wwww" });
      const inspection = await inspectFolder(folder, { licenses });
      await checkInspection(inspection, undefined);
      change(folder);
      await rejectsWith("FILE_CHANGED", () => checkInspection(inspection, undefined));
      await rejectsWith("FILE_CHANGED", () => bindInspection(folder, inspection, {}));
    });

    test(`gets no answer after its mof.yml was written, where ${what}`, async () => {
      const folder = writeFiles(join(temporaryFolder(), "model"), { a: "1", "sub/weights.bin": "wwww" });
      const inspection = await inspectFolder(folder, { licenses });
      writeFileSync(join(folder, "mof.yml"), "x");
      change(folder);
      await rejectsWith("FILE_CHANGED", () => bindInspection(folder, inspection, {}, { written: "mof.yml" }));
    });

    test(`gets no answer without a digest, where ${what}`, { skip: process.platform === "win32" }, async () => {
      const folder = writeFiles(join(temporaryFolder(), "model"), { a: "1", "sub/weights.bin": "wwww" });
      symlinkSync("a", join(folder, "link"));
      const inspection = await inspectFolder(folder, { licenses });
      change(folder);
      await rejectsWith("FILE_CHANGED", () => bindInspection(folder, inspection, {}));
    });
  }

  test("is as it was but for the file that was written into it", async () => {
    const folder = writeFiles(join(temporaryFolder(), "model"), { a: "1" });
    const inspection = await inspectFolder(folder, { licenses });
    writeFileSync(join(folder, "mof.yml"), "x");
    assert.ok((await bindInspection(folder, inspection, {}, { written: "mof.yml" })).binding);
    await rejectsWith("FILE_CHANGED", () => bindInspection(folder, inspection, {}));
  });

  test("is told what it is where nothing changes", async () => {
    const folder = writeFiles(join(temporaryFolder(), "model"), { a: "1", ".git/HEAD": "x" });
    assert.ok((await assessOpenness(folder)).binding);
  });
});
