// Has the evidence of checks read by the programs of others. `npm run test:evidence`; needs Python 3, and Go for cosign.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { checkFolder, POISON } from "../../support/check/checked.ts";
import { assay } from "../../support/cli/command.ts";
import { makeKeyPair } from "../../support/keys.ts";
import { cosign, pythonTool, run } from "./tools.ts";

const HERE = import.meta.dirname;
const SCHEMAS = fileURLToPath(new URL("../../report/evidence/schemas/", import.meta.url));
const SARIF = fileURLToPath(new URL("../../report/sarif/sarif-schema-2.1.0.json", import.meta.url));
const MOF = `framework: { name: Model Openness Framework, version: '1.0', date: '2024-12-15' }
release: { name: granite, version: 8B, date: '2026-05-02', producer: Example Research, components: [] }
`;
const TYPES = {
  "verification-summary": "https://slsa.dev/verification_summary/v1",
  "simple-verification-result": "https://in-toto.io/attestation/svr/v0.1",
  openness: "urn:assay:predicate:openness:v1",
  "load-risk": "urn:assay:predicate:load-risk:v1",
} as const;

interface Written {
  readonly root: string;
  readonly evidence: string;
}

async function evidenceOf(files: Parameters<typeof checkFolder>[0], ...options: string[]): Promise<Written> {
  const { root, policy } = await checkFolder(files);
  const { privateKey, publicKey } = makeKeyPair("P-256");
  writeFileSync(join(root, "intake.pem"), privateKey, { mode: 0o600 });
  writeFileSync(join(root, "intake.pub"), publicKey);
  const argv = [
    "check",
    "granite",
    "--policy",
    policy("load: data-only\n"),
    "--evidence",
    "evidence",
    "--sign",
    "key",
    "--private-key",
    "intake.pem",
  ];
  const ran = await assay([...argv, ...options], { cwd: root });
  assert.ok(ran.exitCode === 0 || ran.exitCode === 1, ran.stderr);
  return { root, evidence: join(root, "evidence") };
}

const CASES: ReadonlyMap<string, Written> = new Map([
  ["a plain model", await evidenceOf({})],
  ["a poisoned model", await evidenceOf({ "pytorch_model.bin": POISON, "a b/ü#?%.txt": "x" }, "--redact")],
  ["a copy of a published model", await evidenceOf({ "mof.yml": MOF }, "--as", `hf:acme/granite@${"a".repeat(40)}`)],
]);

/** The schemas of CycloneDX name each other by addresses: here, by their files. */
function localCycloneDxSchema(folder: string): string {
  for (const name of ["bom-1.7", "spdx", "jsf-0.82", "cryptography-defs"]) {
    const { $id: _address, ...schema } = JSON.parse(readFileSync(join(SCHEMAS, `${name}.SNAPSHOT.schema.json`), "utf8")) as Record<
      string,
      unknown
    >;
    writeFileSync(join(folder, `${name}.SNAPSHOT.schema.json`), JSON.stringify(schema));
  }
  return join(folder, "bom-1.7.SNAPSHOT.schema.json");
}

for (const [name, { root, evidence }] of CASES) {
  suite(`the evidence of ${name} is read by`, () => {
    for (const [document, schema] of [
      ["bom.cdx.json", localCycloneDxSchema(root)],
      ["bom.spdx3.json", join(SCHEMAS, "spdx-3.0.1.schema.json")],
      ["load-risk.sarif", SARIF],
    ] as const) {
      test(`check-jsonschema: ${document}`, () => {
        const { status, output } = run(pythonTool("check-jsonschema"), ["--schemafile", schema, join(evidence, document)]);
        assert.equal(status, 0, output);
      });
    }

    test("pyshacl: bom.spdx3.json by the SHACL model, and not with an unknown relationship", () => {
      const model = join(HERE, "spdx/spdx-model.ttl");
      const context = pathToFileURL(join(HERE, "spdx/spdx-context.jsonld")).href;
      const text = readFileSync(join(evidence, "bom.spdx3.json"), "utf8").replace(
        "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
        context,
      );
      for (const [file, content, isRight] of [
        ["right.jsonld", text, true],
        ["wrong.jsonld", text.replace('"contains"', '"holds"'), false],
      ] as const) {
        writeFileSync(join(root, file), content);
        const { status, output } = run(pythonTool("pyshacl"), [
          "-s",
          model,
          "-e",
          model,
          "-df",
          "json-ld",
          "-sf",
          "turtle",
          join(root, file),
        ]);
        assert.equal(status === 0, isRight, output);
      }
    });

    test("the Python model of SPDX: bom.spdx3.json", () => {
      const { status, output } = run(pythonTool("python"), [join(HERE, "read_spdx.py"), join(evidence, "bom.spdx3.json")]);
      assert.equal(status, 0, output);
      assert.match(output, name.startsWith("a copy") ? /^ai_AIPackage acme\/granite/ : /^software_Package /);
    });

    test("cosign: every signed statement, with the manifest as its file and no other one", () => {
      const common = ["verify-blob-attestation", "--key", join(root, "intake.pub"), "--insecure-ignore-tlog"];
      for (const [statement, type] of Object.entries(TYPES)) {
        const argv = [...common, "--bundle", join(evidence, `${statement}.sigstore.json`), "--type", type];
        const right = run(cosign(), [...argv, join(evidence, "manifest.txt")]);
        assert.equal(right.status, 0, right.output);
        assert.notEqual(run(cosign(), [...argv, join(root, "granite/config.json")]).status, 0);
      }
    });
  });
}
