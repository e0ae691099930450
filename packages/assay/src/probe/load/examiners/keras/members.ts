import type { ZipMember } from "../../../../formats/zip/zip-member.ts";
import type { ExamineLayout, ZipContents } from "../archives/zip-contents.ts";
import { examineKerasConfig } from "./config.ts";
import { readKerasJson } from "./keras-json.ts";

const CONFIG = "config.json";
const METADATA = "metadata.json";
const WEIGHTS: readonly string[] = ["model.weights.h5", "model.weights.npz", "model.weights.json"];

/**
 * Examines `config.json` and `metadata.json` of a `.keras` archive (keras/src/saving/saving_lib.py); weights and assets
 * remain, to be examined as files of their own.
 */
export const examineKerasMembers: ExamineLayout = async (input, members, contents, isExpected) => {
  const configs = members.filter(({ name }) => name.toLowerCase() === CONFIG);
  const metadata = members.filter(({ name }) => name.toLowerCase() === METADATA);
  const isKeras = configs.length > 0 && (metadata.length > 0 || members.some(({ name }) => WEIGHTS.includes(name)));
  if (!isKeras && !isExpected) return members;
  const has = (names: readonly string[]): boolean => members.some(({ name }) => names.includes(name));
  for (const [names, what] of [
    [[CONFIG], CONFIG],
    [[METADATA], METADATA],
    [WEIGHTS, "weights"],
  ] as const) {
    if (!has(names)) input.report("keras/malformed", `has no ${what}: Keras cannot load it`);
  }
  for (const member of configs) {
    const bytes = await readAll(member, contents);
    if (bytes !== undefined) examineKerasConfig(bytes, input.report, member.name);
  }
  for (const member of metadata) {
    const bytes = await readAll(member, contents);
    if (bytes === undefined) continue;
    const read = readKerasJson(bytes);
    if ("why" in read) input.report("keras/malformed", `has metadata that is not JSON: ${read.why}`, { member: member.name });
  }
  return members.filter((member) => !configs.includes(member) && !metadata.includes(member));
};

const MAX_JSON_BYTES = 64 * 1024 * 1024;

async function readAll(member: ZipMember, contents: ZipContents): Promise<Uint8Array | undefined> {
  const content = await contents.open(member, true);
  return content?.read(0, Math.min(content.size, MAX_JSON_BYTES));
}
