import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ErrorCode } from "../../../src/core/error-codes.ts";
import { cacheName, repositoryInstance } from "../../../src/roots/instance.ts";
import { type Mirror, startMirror } from "../roots/mirror.ts";
import { makeInstance, trustedRootJson } from "../roots/trusted-roots.ts";
import { firstRoot, recipe, tufFiles, type TufRecipe } from "../roots/tuf-repository.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { newKey, spkiOf } from "../x509/make.ts";
import { closedSchema } from "./closed-schema.ts";
import { type RanHere, runHere } from "./run-here.ts";

type Options = Readonly<Record<string, string | boolean>>;

/** Runs `assay trust ACTION` in this process, where a test can have a mirror of its own. */
export async function trust(cwd: string, action: string, options: Options = {}, file?: string, columns?: number): Promise<RanHere> {
  const words = Object.entries(options).flatMap(([name, value]) => (typeof value === "string" ? [`--${name}`, value] : [`--${name}`]));
  return runHere(["trust", action, ...(file === undefined ? [] : [file]), ...words], cwd, columns, { XDG_CACHE_HOME: join(cwd, "caches") });
}

/** What it prints for a person. */
export async function shown(...call: Parameters<typeof trust>): Promise<string> {
  return (await trust(...call)).stdout;
}

/** The document of `--json`, which the published schema describes and nothing else. */
export async function document(cwd: string, action: string, options: Options = {}, file?: string): Promise<Document> {
  const { exitCode, stdout } = await trust(cwd, action, { ...options, json: true }, file);
  const json = JSON.parse(stdout) as Document;
  assert.ok(validate(json), JSON.stringify(validate.errors, undefined, 2));
  assert.equal(json.exitCode, exitCode);
  assert.equal(json.action, action);
  return json;
}

/** The error with which it ends. */
export async function refused(code: ErrorCode, ...[cwd, action, options, file]: Parameters<typeof trust>): Promise<string> {
  const { exitCode, stdout } = await trust(cwd, action, { ...options, json: true }, file);
  const { error } = JSON.parse(stdout) as { error: { code: string; message: string } };
  assert.equal(error.code, code, error.message);
  assert.notEqual(exitCode, 0);
  return error.message;
}

const validate = closedSchema("trust");

interface Document {
  readonly action: string;
  readonly exitCode: number;
  readonly source: { readonly kind: string; readonly name: string; readonly problem: string | null } | null;
  readonly members: readonly { readonly role: string; readonly url: string }[];
  readonly changes: readonly { readonly kind: string; readonly member: { readonly url: string } }[];
  readonly file: { readonly path: string; readonly replaced: boolean; readonly signingConfig: boolean } | null;
}

export interface Place {
  readonly cwd: string;
  readonly mirror: Mirror;
  readonly made: TufRecipe;
  readonly options: Options;
}

export const instance = makeInstance();
export const first = { url: "https://rekor.example.com", spki: instance.rekor };
export const second = { url: "https://rekor2.example.com", spki: spkiOf(newKey("Ed25519")) };

/** A user in an empty folder, whose instance has a TUF repository on this machine. */
export async function place(): Promise<Place> {
  const cwd = temporaryFolder();
  const made = recipe({ "trusted_root.json": trustedRootJson({ instance, logs: [first] }) });
  const files = tufFiles(made);
  const mirror = await startMirror(files);
  writeFileSync(join(cwd, "tuf-root.json"), firstRoot(files));
  return { cwd, mirror, made, options: { "tuf-url": mirror.url, "tuf-root": "tuf-root.json" } };
}

export function serve({ mirror, made }: Place, logs: Parameters<typeof trustedRootJson>[0], version = 2): void {
  const targets = { "trusted_root.json": trustedRootJson({ instance, ...logs }) };
  for (const [path, bytes] of tufFiles({ ...made, version, targets })) mirror.files.set(path, bytes);
}

/** The name of the folder in the cache. */
export function cacheFolderOf({ cwd, mirror }: Place): string {
  return cacheName(repositoryInstance(mirror.url, readFileSync(join(cwd, "tuf-root.json"))));
}
