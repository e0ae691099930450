import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sign } from "../../../src/api/sign.ts";
import { keySigner } from "../../../src/signing/key-signer.ts";
import { runHere, type RanHere } from "../cli/run-here.ts";
import { makeKeyPair } from "../keys.ts";
import { writeFiles } from "../models/on-disk.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { fakeHub, type FakeHubOptions, type Hub } from "./fake-hub.ts";

/** Of the model that is saved. */
export const WEIGHTS = Buffer.from(Uint8Array.from({ length: 6_000_000 }, (_, index) => (index * 7) >> 3));
const FILES = { "config.json": "{}", "sub/weights.bin": WEIGHTS, "empty.txt": "" } as const;

export interface Saving {
  readonly cwd: string;
  readonly hub: Hub;
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly run: (...more: readonly string[]) => Promise<RanHere>;
  /** Everything below the folder for it, and what is kept. */
  readonly left: () => readonly string[];
}

/** A signed model on a hub, beside it a file that is not signed, and an empty folder to save to. */
export async function saving(
  options: FakeHubOptions = {},
  changed: Readonly<Record<string, Uint8Array | string>> = {},
  reference = "hf:acme/granite",
): Promise<Saving> {
  const cwd = temporaryFolder();
  const folder = join(temporaryFolder(), "granite");
  writeFiles(folder, FILES);
  const { privateKey, publicKey } = makeKeyPair("P-256");
  writeFileSync(join(cwd, "k.pub"), publicKey);
  await sign(folder, { signer: await keySigner({ privateKey }), signature: join(folder, "model.sig") });
  const signature = readFileSync(join(folder, "model.sig"), "utf8");
  const hub = await fakeHub({ ...FILES, "model.sig": signature, ".gitattributes": "* text\n", ...changed }, options);
  const environment = { HF_ENDPOINT: hub.url, HOME: "/nowhere" };
  const argv = ["verify", "key", reference, "--public-key", "k.pub", "--save", "model"];
  return {
    cwd,
    hub,
    argv,
    environment,
    run: async (...more) => runHere([...argv, ...more], cwd, 2000, environment),
    left: () => (readdirSync(cwd, { recursive: true }) as string[]).filter((name) => name.startsWith("model")).toSorted(),
  };
}

/** Puts an answer in the place of the weights'. */
export const weights = (answer: NonNullable<FakeHubOptions["instead"]>): FakeHubOptions => ({
  instead: (request, response, path) => path.endsWith("/sub/weights.bin") && answer(request, response, path),
});
