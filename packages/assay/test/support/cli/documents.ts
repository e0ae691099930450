import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { assay, type RunOptions } from "./command.ts";

const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
const schema = JSON.parse(readFileSync(new URL("../../../schemas/verify.v1.json", import.meta.url), "utf8")) as object;
const validate = ajv.compile(schema);

/** What `assay verify --json` prints, as far as tests look at it. */
export interface VerifyDocument {
  readonly schema: string;
  readonly outcome: "verified" | "failed" | "incomplete";
  readonly exitCode: number;
  readonly signer: { readonly method: string } | null;
  readonly verifiedAt: { readonly time: string; readonly source: string } | null;
  readonly evidence: {
    readonly logEntries: readonly {
      readonly log: string;
      readonly logIndex: number;
      readonly entry: string;
      readonly integratedTime: string | null;
    }[];
    readonly timestamps: readonly { readonly authority: string; readonly time: string }[];
    readonly certificateLogs: readonly unknown[];
    readonly trustedRoot: { readonly kind: string; readonly name: string; readonly isCurrent: boolean };
  } | null;
  readonly revocation: {
    readonly lists: readonly {
      readonly issuer: string;
      readonly number: string | null;
      readonly thisUpdate: string;
      readonly nextUpdate: string;
    }[];
    readonly certificates: readonly { readonly subject: string; readonly revokedLater: string | null }[];
  } | null;
  readonly error: { readonly code: string; readonly message: string; readonly hint: string | null } | null;
  readonly notDownloaded: readonly {
    readonly name: string;
    readonly oid: string;
    readonly size: number;
    readonly isSigned: boolean | null;
  }[];
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
}

/** The document of one verification, which its published schema describes. */
export async function verifyJson(argv: readonly string[], options: RunOptions, exitCode: number): Promise<VerifyDocument> {
  const ran = await assay([...argv, "--json"], options);
  assert.equal(ran.exitCode, exitCode, ran.stdout + ran.stderr);
  assert.equal(ran.stderr, "");
  const document = JSON.parse(ran.stdout) as VerifyDocument;
  assert.ok(validate(document), JSON.stringify(validate.errors, undefined, 2));
  assert.equal(document.schema, "urn:assay:schema:verify:v1");
  assert.equal(document.exitCode, exitCode);
  assert.equal(document.outcome, exitCode === 0 ? "verified" : exitCode === 1 ? "failed" : "incomplete");
  return document;
}
