import { baseOf, isExample, isOfOtherProject, pathWords } from "../place.ts";
import type { ProbeInput } from "../probe.ts";
import { readAll } from "../read-all.ts";
import type { CardClaim } from "./claim.ts";
import { fileAt } from "./hosts.ts";
import type { ModelWords } from "./model-words.ts";

const MAX_SCRIPT = 64 * 1024;
const GETS = new Set("download downloads get fetch pull".split(" "));
const WEIGHTS = new Set("model models weight weights checkpoint checkpoints ckpt ckpts pretrained".split(" "));
const ADDRESS = /https?:\/\/[^\s"'<>|;&)]{4,300}/g;

/**
 * Where a shell script gets the model's parameters from: one that is called so, `get_pretrained_models.sh`, and the address of
 * a file of weights under the model's name. Nothing is run.
 */
export async function readScripts(input: ProbeInput, model: ModelWords, report: (file: string, claim: CardClaim) => void): Promise<void> {
  const names = input.files.names.filter(
    (name) => /\.(?:sh|bash)$/i.test(name) && getsWeights(name) && !isOfOtherProject(name) && !isExample(name),
  );
  await readAll(input, names, { what: "scripts that get weights", limit: MAX_SCRIPT }, (name, text) => {
    for (const [index, line] of text.split("\n").entries()) {
      if (/^\s*#/.test(line)) continue;
      for (const [target] of line.matchAll(ADDRESS)) {
        if (fileAt(target) !== "weights" || !model.areIn(target)) continue;
        report(name, { component: "Model parameters (Final)", target, why: `downloads ${target}`, line: index + 1 });
      }
    }
  });
}

function getsWeights(name: string): boolean {
  const words = pathWords(baseOf(name));
  return words.some((word) => GETS.has(word)) && words.some((word) => WEIGHTS.has(word));
}
