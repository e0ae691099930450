import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as fc from "fast-check";
import { effort } from "../support/effort.ts";
import { bindInspection } from "../../src/api/bind-inspection.ts";
import { coverageOf } from "../../src/api/folder-coverage.ts";
import { inspectFolder, type FolderInspection, type FolderOptions } from "../../src/api/inspect-folder.ts";
import { digest } from "../../src/api/digest.ts";
import { AssayError, keySigner, sign } from "../../src/index.ts";
import type { ComponentName } from "../../src/openness/components.ts";
import type { KeyTrust } from "../../src/trust/trust.ts";
import type { ProgressListener } from "../../src/hashing/work-options.ts";
import { rejectsWith } from "../support/rejects.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { LICENSES } from "../support/openness/licenses.ts";
import { APACHE, card, LLAMA, makeFolder, MIT, MODEL_FOLDERS, safetensors } from "../support/models/described.ts";

const root = temporaryFolder();
let count = 0;

const OPTIONS: FolderOptions = { cwd: root, licenses: LICENSES };

function inspect(files: Parameters<typeof makeFolder>[2]): Promise<FolderInspection> {
  return inspectFolder(makeFolder(root, `model-${(count += 1)}`, files), OPTIONS);
}

function statusOf(
  { evaluation }: FolderInspection["asFound"],
  name: ComponentName,
): readonly [string | undefined, string | null | undefined] {
  const component = evaluation.components.find((one) => one.name === name);
  return [component?.status, component?.license];
}

function messages({ warnings }: FolderInspection, code: string): string[] {
  return warnings.filter((warning) => warning.code === code).map(({ message }) => message);
}

test("everything open is Class I by what is in the folder", async () => {
  const { asFound, ifClaimsHold } = await inspect(MODEL_FOLDERS["everything-open"] ?? {});
  assert.deepEqual([asFound.evaluation.class, ifClaimsHold.evaluation.class], [1, 1]);
});

test("a choice in one of a card's licenses does not avoid the others", async () => {
  const files = { "README.md": card("license: [apache-2.0 OR mit, cc-by-nc-4.0]"), "model.safetensors": safetensors() };
  const { ifClaimsHold } = await inspect(files);
  assert.equal(statusOf(ifClaimsHold, "Model parameters (Final)")[0], "invalid");
});

test("a license that only the card names is a claim: nothing is open by what is in the folder", async () => {
  const files = { ...MODEL_FOLDERS["everything-open"] };
  delete (files as Record<string, unknown>)["LICENSE"];
  const { asFound, ifClaimsHold } = await inspect(files);
  assert.deepEqual([asFound.evaluation.class, ifClaimsHold.evaluation.class], [null, 1]);
  assert.deepEqual(statusOf(asFound, "Model card"), ["unlicensed", "apache-2.0"]);
});

test("a license text with a changed clause opens nothing, and is told with what was changed", async () => {
  const changed = APACHE.replace("royalty-free", "royalty-free, research-only");
  const inspection = await inspect({ ...MODEL_FOLDERS["everything-open"], LICENSE: changed });
  assert.equal(inspection.asFound.evaluation.class, null);
  assert.equal(inspection.ifClaimsHold.evaluation.class, null, "the text counts before the card");
  assert.match(
    messages(inspection, "EVIDENCE_LICENSE_NEAR")[0] ?? "",
    /LICENSE is a changed Apache-2\.0 \(99 % alike\): it adds "research only"/,
  );
});

test("an unknown text is reported, and opens nothing", async () => {
  const inspection = await inspect({ LICENSE: "All yours, nearly.", "model.safetensors": safetensors() });
  assert.deepEqual(messages(inspection, "EVIDENCE_LICENSE_UNKNOWN"), ["LICENSE is not a known license (3 words)"]);
  assert.equal(statusOf(inspection.asFound, "Model parameters (Final)")[0], "invalid");
});

test("card against license file: the text counts, and the conflict is told", async () => {
  const inspection = await inspect(MODEL_FOLDERS["card-against-license-file"] ?? {});
  assert.match(
    messages(inspection, "EVIDENCE_LICENSE_CONFLICT")[0] ?? "",
    /README\.md says apache-2\.0, and the text in LICENSE is Llama 3\.1/,
  );
  for (const answer of [inspection.asFound, inspection.ifClaimsHold]) assert.equal(statusOf(answer, "Model card")[0], "invalid");
});

test("two statements that differ are a conflict without any text; two spellings of one are not", async () => {
  const differing = { "README.md": card("license: mit"), "model.safetensors": safetensors(4, { license: "apache-2.0" }) };
  assert.deepEqual(messages(await inspect(differing), "EVIDENCE_LICENSE_CONFLICT"), [
    "README.md says mit, and model.safetensors says apache-2.0 for the parameters",
  ]);
  const agreeing = { "README.md": card("license: mit"), "model.safetensors": safetensors(4, { license: "MIT License" }), LICENSE: MIT };
  assert.deepEqual(messages(await inspect(agreeing), "EVIDENCE_LICENSE_CONFLICT"), []);
});

test("the license file of the nearest folder holds, and one made for the kind of component before others", async () => {
  const { asFound } = await inspect({
    LICENSE: APACHE,
    "LICENSE-MODEL": LLAMA,
    "model.safetensors": safetensors(),
    "README.md": card("license: apache-2.0"),
    "data/LICENSE": MIT,
    "data/train.csv": "a,b\n1,2\n",
  });
  assert.deepEqual(statusOf(asFound, "Model card"), ["included", "Apache-2.0"]);
  assert.deepEqual(statusOf(asFound, "Datasets"), ["included", "MIT"]);
  assert.equal(statusOf(asFound, "Model parameters (Final)")[0], "invalid");
});

test("two licenses of one place hold together: an open one does not free the other", async () => {
  const { asFound } = await inspect({ COPYING: APACHE, LICENSE: LLAMA, "README.md": card("license: apache-2.0") });
  assert.equal(statusOf(asFound, "Model card")[0], "invalid");
});

const TRAIN = "loss.backward()\n";

test("a component is under the licenses of all its files, whatever their folders are called", async () => {
  const mine = "Mine. You may not sell it.\n";
  const train = async (files: Parameters<typeof makeFolder>[2]): Promise<readonly unknown[]> =>
    statusOf((await inspect(files)).asFound, "Training code");
  for (const [open, closed] of [
    ["a", "b"],
    ["b", "a"],
  ]) {
    const both = { [`${open}/train.py`]: TRAIN, [`${open}/LICENSE`]: APACHE, [`${closed}/train.py`]: TRAIN };
    assert.equal((await train({ ...both, [`${closed}/LICENSE`]: mine }))[0], "invalid");
    assert.equal((await train(both))[0], "invalid", "one of them has no license at all");
    assert.deepEqual(await train({ ...both, LICENSE: MIT }), ["included", open === "a" ? "Apache-2.0 AND MIT" : "MIT AND Apache-2.0"]);
    assert.equal((await train({ ...both, LICENSE: mine }))[0], "invalid");
    assert.deepEqual(await train({ ...both, [`${closed}/LICENSE`]: APACHE }), ["included", "Apache-2.0"]);
  }
});

test("property: a file under an open license takes no class away, and the names of folders decide nothing", async () => {
  const texts = [APACHE, MIT, LLAMA, undefined];
  const names = ["a", "b", "c"];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...texts),
      fc.array(fc.constantFrom(...texts), { minLength: 1, maxLength: 2 }),
      fc.shuffledSubarray(names, { minLength: 3 }),
      async (whole, parts, order) => {
        const folder = (folders: readonly (string | undefined)[], called: readonly string[]): Record<string, string> =>
          Object.fromEntries([
            ...(whole === undefined ? [] : [["LICENSE", whole]]),
            ...folders.flatMap((text, index) => [
              [`${called[index]}/train.py`, TRAIN],
              ...(text === undefined ? [] : [[`${called[index]}/LICENSE`, text]]),
            ]),
          ]);
        const status = async (files: Record<string, string>): Promise<string | undefined> =>
          statusOf((await inspect(files)).asFound, "Training code")[0];
        const before = await status(folder(parts, names));
        assert.equal(await status(folder(parts, order)), before);
        const after = await status(folder([...parts, APACHE], names));
        if (before === "included") assert.equal(after, "included");
        else assert.notEqual(after, "included");
      },
    ),
    { numRuns: effort(5, 25) },
  );
});

test("a license file that is a link out of the folder is an unknown text; one to another license file is that", async () => {
  const folder = makeFolder(root, "linked-license", { LICENSE: APACHE, "model.safetensors": safetensors() });
  symlinkSync("LICENSE", join(folder, "LICENSE.md"));
  assert.equal(statusOf((await inspectFolder(folder, OPTIONS)).asFound, "Model parameters (Final)")[0], "included");
  for (const [name, target] of [
    ["LICENSE-MODEL", "../elsewhere/LICENSE"],
    ["LICENSE.txt", "model.safetensors"],
  ] as const) {
    symlinkSync(target, join(folder, name));
    assert.equal(statusOf((await inspectFolder(folder, OPTIONS)).asFound, "Model parameters (Final)")[0], "invalid", name);
    unlinkSync(join(folder, name));
  }
});

test("what is linked is elsewhere: the model's license is not that of the link", async () => {
  const { ifClaimsHold } = await inspect({ LICENSE: APACHE, "README.md": card("license: apache-2.0\ndatasets: [acme/corpus]") });
  assert.equal(statusOf(ifClaimsHold, "Datasets")[0], "unlicensed");
});

test("licenses that mof.yml names are claimed; a license file that it points at is found", async () => {
  const { asFound, ifClaimsHold } = await inspect({
    "mof.yml": `release:
  name: Granite
  components:
    - { name: Datasets, component_path: rows.csv, license: MIT, license_path: legal/LICENSE }
    - { name: Research paper, component_path: "https://example.com", license: CC-BY-4.0 }
`,
    "rows.csv": "a,b\n",
    "legal/LICENSE": MIT,
  });
  assert.deepEqual(statusOf(asFound, "Datasets"), ["included", "MIT"]);
  assert.deepEqual(
    [statusOf(asFound, "Research paper")[0], statusOf(ifClaimsHold, "Research paper")],
    ["missing", ["included", "CC-BY-4.0"]],
  );
});

test("a folder that mof.yml names is under the license in it", async () => {
  const named = "release: { name: Granite, components: [{ name: Datasets, component_path: rows/ }] }\n";
  const files = { "mof.yml": named, LICENSE: MIT, "rows/1.csv": "a,b\n" };
  assert.deepEqual(statusOf((await inspect(files)).asFound, "Datasets"), ["included", "MIT"]);
  const restricted = await inspect({ ...files, "rows/LICENSE": LLAMA });
  assert.equal(statusOf(restricted.asFound, "Datasets")[0], "invalid");
});

test("the answer is bound to the digest of the model", async () => {
  const folder = makeFolder(root, "bound", MODEL_FOLDERS["no-card"] ?? {});
  const { binding } = await bindInspection(folder, await inspectFolder(folder, OPTIONS), OPTIONS);
  const { manifestDigest, rootDigest } = await digest(folder);
  assert.deepEqual([binding?.manifestDigest, binding?.rootDigest], [manifestDigest, rootDigest]);
});

test("a file that changes between reading and hashing leaves no basis for an answer", async () => {
  const folder = makeFolder(root, "changing", { "README.md": card("license: mit") });
  const inspection = await inspectFolder(folder, OPTIONS);
  writeFileSync(join(folder, "README.md"), card("license: apache-2.0"));
  await rejectsWith("FILE_CHANGED", () => bindInspection(folder, inspection, OPTIONS));
});

test("a model without a digest gets an answer that is bound to nothing, and is told so", async () => {
  const folder = makeFolder(root, "linked", { "README.md": card("license: mit") });
  symlinkSync("README.md", join(folder, "link.md"));
  const { binding, warnings } = await bindInspection(folder, await inspectFolder(folder, OPTIONS), OPTIONS);
  assert.equal(binding, undefined);
  assert.deepEqual(
    warnings.map(({ code }) => code),
    ["EVIDENCE_NOT_BOUND"],
  );
});

test("a file that is left out of the digest is not read for openness", async () => {
  const folder = makeFolder(root, "ignoring", {
    ".git/model.safetensors": safetensors(),
    "old/model.safetensors": safetensors(),
    "a.txt": "",
  });
  const { findings } = await inspectFolder(folder, { ...OPTIONS, ignorePaths: [join(folder, "old")] });
  assert.deepEqual(
    findings.components.filter(({ state }) => state !== "unknown"),
    [],
  );
});

test("a signature covers the files that it lists, and a file put in later is told apart", async () => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }) as string;
  const trust = {
    method: "key",
    publicKey: publicKey.export({ type: "spki", format: "pem" }) as string,
  } as const;
  const folder = makeFolder(root, "signed", MODEL_FOLDERS["weights-code-and-paper"] ?? {});
  const signature = join(root, "signed.sig");
  await sign(folder, { signer: await keySigner({ privateKey: pem }), signature });
  const later = Array.from({ length: 9 }, (_, index) => `train-${index}.py`);
  for (const name of later) writeFileSync(join(folder, name), TRAIN);
  const inspection = await inspectFolder(folder, { ...OPTIONS, signature });
  const { verification, files } = await coverageOf(folder, inspection, trust, { ...OPTIONS, signature });
  assert.equal(verification.outcome, "verified");
  assert.deepEqual(
    files.filter(({ covered }) => !covered).map(({ name }) => name),
    later,
  );
  assert.ok(files.some(({ name, covered }) => name === "LICENSE" && covered));

  writeFileSync(join(folder, "LICENSE"), MIT);
  const changed = await coverageOf(folder, await inspectFolder(folder, OPTIONS), trust, { ...OPTIONS, signature });
  assert.equal(changed.verification.outcome, "failed");
  assert.ok(
    changed.files.every(({ covered }) => !covered),
    "a signature that fails covers nothing",
  );
});

/** How many bytes are hashed while `work` runs. */
async function bytesHashed(work: (onProgress: ProgressListener) => Promise<unknown>): Promise<number> {
  let bytes = 0;
  await work(({ bytesDone, bytesTotal, filesDone, filesTotal }) => {
    if (bytesDone === bytesTotal && filesDone === filesTotal) bytes += bytesTotal;
  });
  return bytes;
}

test("what the verification hashed is not hashed again for the digest, which is the same", async () => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const trust = { method: "key", publicKey: publicKey.export({ type: "spki", format: "pem" }) as string } as const;
  const signature = join(root, "once.sig");
  const folder = makeFolder(root, "once", { "a.bin": "x".repeat(1000), "b.bin": "y".repeat(100), "c.bin": "z".repeat(10) });
  const signer = await keySigner({ privateKey: privateKey.export({ type: "pkcs8", format: "pem" }) });
  const bindAfter = async (change: () => void, given: KeyTrust = trust): Promise<number> => {
    change();
    const inspection = await inspectFolder(folder, OPTIONS);
    const coverage = await coverageOf(folder, inspection, given, { ...OPTIONS, signature });
    const hashed = await bytesHashed(async (onProgress) => {
      const { binding } = await bindInspection(folder, inspection, { ...OPTIONS, onProgress }, { coverage });
      assert.equal(binding?.manifestDigest, (await digest(folder)).manifestDigest);
      assert.equal(binding.rootDigest, (await digest(folder)).rootDigest);
    });
    return hashed;
  };
  await sign(folder, { signer, signature });
  assert.equal(await bindAfter(() => {}), 0, "nothing again");
  assert.equal(await bindAfter(() => writeFileSync(join(folder, "new.txt"), "1234567")), 7, "only what is not signed");
  assert.equal(await bindAfter(() => writeFileSync(join(folder, "b.bin"), "Y".repeat(50))), 57, "and what differs");

  const other = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ type: "spki", format: "pem" }) as string;
  assert.equal(await bindAfter(() => {}, { method: "key", publicKey: other }), 1067, "all, where nothing was compared");
  await sign(folder, { signer, signature: join(root, "blake.sig"), hash: "blake3" });
  const inspection = await inspectFolder(folder, OPTIONS);
  const coverage = await coverageOf(folder, inspection, trust, { ...OPTIONS, signature: join(root, "blake.sig") });
  assert.equal(coverage.verification.outcome, "verified");
  const again = await bytesHashed((onProgress) => bindInspection(folder, inspection, { ...OPTIONS, onProgress }, { coverage }));
  assert.equal(again, 1067, "all, where the signature is over another hash");
});

test("a file that was written since is read again", async () => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const trust = { method: "key", publicKey: publicKey.export({ type: "spki", format: "pem" }) as string } as const;
  const signature = join(root, "written.sig");
  const folder = makeFolder(root, "written", { "mof.yml": "x", "a.bin": "a" });
  await sign(folder, { signer: await keySigner({ privateKey: privateKey.export({ type: "pkcs8", format: "pem" }) }), signature });
  const inspection = await inspectFolder(folder, OPTIONS);
  const coverage = await coverageOf(folder, inspection, trust, { ...OPTIONS, signature });
  writeFileSync(join(folder, "mof.yml"), "y");
  const { binding } = await bindInspection(folder, inspection, OPTIONS, { written: "mof.yml", coverage });
  assert.equal(binding?.manifestDigest, (await digest(folder)).manifestDigest);
});

test("a verification that broke off while it hashed spares no file its reading", async () => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const trust = { method: "key", publicKey: publicKey.export({ type: "spki", format: "pem" }) as string } as const;
  const signature = join(root, "broken-off.sig");
  const folder = makeFolder(root, "broken-off", { "a.bin": "a" });
  await sign(folder, { signer: await keySigner({ privateKey: privateKey.export({ type: "pkcs8", format: "pem" }) }), signature });
  writeFileSync(join(folder, "a.bin"), "b");
  const inspection = await inspectFolder(folder, OPTIONS);
  const { verification, files } = await coverageOf(folder, inspection, trust, { ...OPTIONS, signature });
  const error = new AssayError("FILE_CHANGED", "a.bin changed while it was read");
  const nothing = { differences: [], unsigned: [], notCovered: [], notDownloaded: [], matchedFiles: 0 };
  const coverage = { verification: { ...verification, outcome: "failed" as const, error, ...nothing }, files };
  const { binding } = await bindInspection(folder, inspection, OPTIONS, { coverage });
  assert.equal(binding?.manifestDigest, (await digest(folder)).manifestDigest);
});

test("anything but a folder is a usage error", async () => {
  await rejectsWith("FILE_NOT_FOUND", () => inspectFolder(join(root, "nowhere"), OPTIONS));
  writeFileSync(join(root, "file"), "");
  await rejectsWith("USAGE", () => inspectFolder(join(root, "file"), OPTIONS));
});
