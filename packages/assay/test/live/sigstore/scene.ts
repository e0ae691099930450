import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Stack } from "../../../../../scripts/sigstore/stack.ts";
import type { RekorVersion } from "../../../../../scripts/sigstore/trust-config.ts";
import { run, type Outcome, type RunOptions } from "./outcome.ts";

const COMMAND = fileURLToPath(new URL("../../../dist/bin/assay.js", import.meta.url));

export const ALICE = "alice@example.com";

/** One test: its name is a sentence about Assay. */
export interface Case {
  readonly name: string;
  readonly check: (scene: Scene) => Promise<void>;
}

/** What all tests of a run share: the stack, a model, the clients, and everything that Assay printed. */
export class Scene {
  readonly stack: Stack;
  readonly folder: string;
  readonly model: string;
  /** The interpreter that has the Python reference. */
  readonly python: string;
  /** Everything that no output may hold. */
  readonly #secrets: string[] = [];
  readonly #printed: Outcome[] = [];

  constructor(stack: Stack, folder: string, python: string) {
    this.stack = stack;
    this.folder = folder;
    this.python = python;
    this.model = this.makeModel("model");
    // A home of its own: nothing cached on this machine helps, and nothing is left on it.
    mkdirSync(join(folder, "home"));
  }

  /** A model of two files, always the same. */
  makeModel(name: string): string {
    const model = join(this.folder, name);
    mkdirSync(join(model, "weights"), { recursive: true });
    writeFileSync(join(model, "config.json"), "{}");
    writeFileSync(join(model, "weights", "model.safetensors"), "weights ".repeat(1000));
    return model;
  }

  file(name: string): string {
    return join(this.folder, name);
  }

  /** A token of the stack's issuer, which must never be seen in anything printed. */
  async token(claims: Readonly<Record<string, string>> = {}): Promise<string> {
    const token = await this.stack.token(claims);
    // The claims hold the e-mail, which may be printed; the token as a whole and its signature may not.
    this.#secrets.push(token, token.slice(token.lastIndexOf(".") + 1));
    return token;
  }

  async assay(words: readonly string[], options: RunOptions = {}): Promise<Outcome> {
    const outcome = await run(process.execPath, [COMMAND, ...words], this.#atHome(options));
    this.#printed.push(outcome);
    return outcome;
  }

  /** The same in a network namespace without any network, not even a loopback that is up. */
  async assayCutOff(words: readonly string[]): Promise<Outcome> {
    return await run("unshare", ["--net", "--", process.execPath, COMMAND, ...words], this.#atHome({}));
  }

  async pythonReference(words: readonly string[]): Promise<Outcome> {
    return await run(this.python, ["-m", "model_signing", ...words], this.#atHome({}));
  }

  #atHome(options: RunOptions): RunOptions {
    const home = this.file("home");
    return { cwd: this.folder, ...options, environment: { HOME: home, XDG_CACHE_HOME: join(home, "cache"), ...options.environment } };
  }

  /** `assay sign sigstore`, with a fresh token of Alice's unless another is given. */
  async sign(rekor: RekorVersion, signature: string, token?: string, options: readonly string[] = []): Promise<Outcome> {
    const words = ["sign", "sigstore", this.model, "--signature", this.file(signature), "--trust-config", this.config(rekor)];
    return await this.assay([...words, "--identity-token", token ?? (await this.token()), ...options]);
  }

  /** `assay verify sigstore` for Alice. */
  async verify(rekor: RekorVersion, signature: string, change: VerifyChange = {}): Promise<Outcome> {
    return await this.assay(this.verifyWords(rekor, signature, change));
  }

  verifyWords(rekor: RekorVersion, signature: string, change: VerifyChange = {}): string[] {
    const identity = ["--identity", change.identity ?? ALICE, "--identity-provider", change.issuer ?? this.stack.urls.issuer];
    const trust = change.trust ?? ["--trust-config", this.config(rekor)];
    return ["verify", "sigstore", change.model ?? this.model, "--signature", this.file(signature), ...identity, ...trust];
  }

  /** The same question, as the Python reference spells it. */
  pythonVerifyWords(rekor: RekorVersion, signature: string, config = this.config(rekor)): string[] {
    const identity = ["--identity", ALICE, "--identity_provider", this.stack.urls.issuer];
    return ["verify", "sigstore", this.model, "--signature", this.file(signature), ...identity, "--trust_config", config];
  }

  config(rekor: RekorVersion): string {
    return this.stack.trust[rekor].clientTrustConfig;
  }

  /** The secrets that were seen in what Assay printed, with the command that printed them. */
  leaks(): string[] {
    return this.#printed.filter(({ text }) => this.#secrets.some((secret) => text.includes(secret))).map(({ text }) => text);
  }

  get printedCount(): number {
    return this.#printed.length;
  }
}

export interface VerifyChange {
  readonly identity?: string;
  readonly issuer?: string;
  readonly model?: string;
  readonly trust?: readonly string[];
}

export function succeeded({ command, status, text }: Outcome): void {
  assert.equal(status, 0, `${command}\nended with ${status}\n${text}`);
}

/** Ended with this status and said this. */
export function refused({ command, status, text }: Outcome, expected: number, said: RegExp): void {
  assert.equal(status, expected, `${command}\nended with ${status}, not ${expected}\n${text}`);
  assert.match(text, said);
}

export function notWritten(file: string): void {
  assert.equal(existsSync(file), false, `${file} was written`);
}

export interface SignedBundle {
  readonly verificationMaterial: {
    readonly tlogEntries: readonly {
      readonly logIndex: string;
      readonly kindVersion: { readonly kind: string; readonly version: string };
    }[];
    readonly timestampVerificationData?: { readonly rfc3161Timestamps?: readonly unknown[] };
  };
}

export function readBundle(file: string): SignedBundle {
  return JSON.parse(readFileSync(file, "utf8")) as SignedBundle;
}
