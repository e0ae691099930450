import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { assayProcess, type Ran } from "../../support/cli/command.ts";
import { makeKeyPair } from "../../support/keys.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** What the documents of `--json` have in common, as far as these tests look at it. */
export interface Document {
  readonly outcome?: string;
  readonly source: { readonly kind: string; readonly given: string; readonly pinned: string; readonly host: string } | null;
  readonly signature?: { readonly path: string | null } | null;
  readonly attached?: string | null;
  readonly manifestDigest?: string;
  readonly digests?: unknown;
  readonly decision?: string;
  readonly rules?: readonly { readonly rule: string; readonly outcome: string }[];
  readonly model?: unknown;
  readonly components?: readonly unknown[];
  readonly models?: readonly { readonly facts: unknown; readonly source: Document["source"] }[];
  readonly files?: readonly {
    readonly name: string;
    readonly size: number;
    readonly digests: readonly string[];
    readonly origin: string;
  }[];
  readonly differences?: readonly { readonly kind: string; readonly name: string }[];
  readonly error?: { readonly code: string; readonly message: string } | null;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
}

/** A folder with a key pair, in which the built command is run with an environment of the test's own. */
export class WorkPlace {
  readonly folder = temporaryFolder();
  readonly #environment: Readonly<Record<string, string>>;

  constructor(environment: Readonly<Record<string, string>> = {}) {
    const { privateKey, publicKey } = makeKeyPair("P-256");
    writeFileSync(this.path("key.pem"), privateKey, { mode: 0o600 });
    writeFileSync(this.path("key.pub"), publicKey);
    this.#environment = { HOME: this.folder, ...environment };
  }

  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  async assay(argv: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
    return await assayProcess(argv, { cwd: this.folder, env: { ...this.#environment, ...environment } });
  }

  /** Signs with the key, by default into the model. */
  async sign(model: string, options: readonly string[] = [], signature = join(model, "model.sig")): Promise<void> {
    const argv = ["sign", "key", model, "--private-key", "key.pem", "--signature", signature, ...options];
    const { exitCode, stdout, stderr } = await this.assay(argv);
    assert.equal(exitCode, 0, stdout + stderr);
  }

  /** Verifies with the key and expects this exit code. */
  async verify(model: string, exitCode: number, options: readonly string[] = [], environment = {}): Promise<Document> {
    return await this.json(["verify", "key", model, "--public-key", "key.pub", ...options], exitCode, environment);
  }

  async digest(model: string, options: readonly string[] = [], environment = {}): Promise<Document> {
    return await this.json(["digest", model, ...options], 0, environment);
  }

  /** The document of a command that ends with this exit code. */
  async json(argv: readonly string[], exitCode: number, environment: Readonly<Record<string, string>> = {}): Promise<Document> {
    const ran = await this.assay([...argv, "--json"], environment);
    assert.equal(ran.exitCode, exitCode, `assay ${argv.join(" ")}\n${ran.stdout}${ran.stderr}`);
    return JSON.parse(ran.stdout) as Document;
  }
}
