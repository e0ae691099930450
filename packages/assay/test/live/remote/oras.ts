import assert from "node:assert/strict";
import { oras } from "../../support/remote-servers/tools.ts";
import { run } from "../sigstore/outcome.ts";

export const MODEL_TYPE = "application/vnd.cncf.model.manifest.v1+json";
export const BUNDLE_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";

/** oras, run in a folder; logged in where `home` has an account. */
export class Oras {
  readonly #folder: string;
  readonly #home: string;

  constructor(folder: string, home: string) {
    this.#folder = folder;
    this.#home = home;
  }

  /** Runs it to its end; returns what it printed. */
  async run(words: readonly string[], input?: string): Promise<string> {
    const environment = { HOME: this.#home, DOCKER_CONFIG: this.#home };
    const options = { cwd: this.#folder, environment, ...(input === undefined ? {} : { input }) };
    const { status, text, command } = await run(oras(), words, options);
    assert.equal(status, 0, `${command}\n${text}`);
    return text;
  }

  /** Pushes files as raw layers, named by their paths; returns the digest of the manifest. */
  async push(reference: string, files: readonly string[]): Promise<string> {
    return digestIn(await this.run(["push", "--plain-http", "--no-tty", reference, "--artifact-type", MODEL_TYPE, ...files]));
  }

  /** Attaches a bundle to a manifest; returns the digest of the bundle's own manifest. */
  async attach(reference: string, bundle: string, options: readonly string[] = []): Promise<string> {
    return digestIn(
      await this.run([
        "attach",
        "--plain-http",
        "--no-tty",
        reference,
        "--artifact-type",
        BUNDLE_TYPE,
        `${bundle}:${BUNDLE_TYPE}`,
        ...options,
      ]),
    );
  }
}

function digestIn(text: string): string {
  const digest = /^Digest: (sha256:[0-9a-f]{64})$/m.exec(text)?.[1];
  assert.ok(digest !== undefined, text);
  return digest;
}
