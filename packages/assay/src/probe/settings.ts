import { FineTuning } from "./fine-tuning.ts";
import { isExample, isOfOtherProject } from "./place.ts";
import type { Probe } from "./probe.ts";
import { readAll } from "./read-all.ts";

const MAX_SETTINGS = 256 * 1024;
/** With fewer, a file may be about anything. */
const MIN_KEYS = 3;

/** Settings of a training in YAML, JSON, gin or TOML: metadata of the model that it made. */
export const SETTINGS: Probe = {
  name: "settings",
  async run(input) {
    const seen: { name: string; keys: readonly string[] }[] = [];
    await readAll(input, input.byRole.names("settings"), { what: "files of settings", limit: MAX_SETTINGS }, (name, text) => {
      const keys = trainingKeys(text);
      if (keys.length >= MIN_KEYS && !isExample(name) && !isOfOtherProject(name)) seen.push({ name, keys });
    });
    const fineTuning = new FineTuning(input);
    for (const { name, keys } of seen) {
      if (await fineTuning.covers(name)) continue;
      const why = `settings of a training: ${keys.slice(0, 3).join(", ")}`;
      input.report({ probe: "settings", outcome: "found", file: name, facts: { kind: "component", component: "Model metadata", why } });
    }
  },
};

const KEY =
  /(?:^|[\s{,."'])(lr|(?:base_|max_|min_|peak_)?learning_rate|optim(?:izer)?|(?:max_|total_|train_|num_train_)(?:steps|epochs|iters)|epochs|(?:train_|global_|per_device_train_|train_micro_|micro_)?batch_size\w{0,20}|gradient_accumulation\w{0,10}|weight_decay|warmup\w{0,20}|lr_(?:decay|schedul)\w{0,20}|(?:train|training)_data\w{0,20}|adam_\w{1,20}|betas|grad(?:ient)?_clip\w{0,20})["']?\s{0,4}[:=]/gim;

/** The names of training settings in a text, each once. Dashes are read as underscores. */
function trainingKeys(text: string): string[] {
  return [...new Set([...text.replace(/(?<=\w)-(?=\w)/g, "_").matchAll(KEY)].map((match) => (match[1] ?? "").toLowerCase()))];
}
