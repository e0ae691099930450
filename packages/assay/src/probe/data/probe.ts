import { readPart } from "../model-files.ts";
import type { Probe, ProbeInput } from "../probe.ts";
import { isForEvaluation } from "../role.ts";
import { dataFormat } from "./data-format.ts";
import { isOfResults, notData } from "./not-data.ts";

const HEAD_BYTES = 16 * 1024;
/** Data files that are opened, near the root first. */
const MAX_OPENED = 2_000;
/** A folder's own words on its data. */
const MAX_README = 4 * 1024;

/** Files of data, by their first bytes. */
export const DATA: Probe = {
  name: "data",
  async run(input) {
    const { files, byRole, report } = input;
    const names = byRole.names("data");
    const rest = names.length > MAX_OPENED ? `; ${count(MAX_OPENED)} of ${count(names.length)} data files were opened` : "";
    const purposes = new Purposes(input);
    for (const name of names.slice(0, MAX_OPENED)) {
      const part = await readPart(files, name, HEAD_BYTES);
      const format = part === undefined ? undefined : dataFormat(name, part);
      if (part === undefined || format === undefined) continue;
      const head = new TextDecoder().decode(part.bytes);
      if (isOfResults(name, head)) {
        report({
          probe: "data",
          outcome: "found",
          file: name,
          facts: { kind: "component", component: "Evaluation results", why: "names a metric over figures" },
        });
        continue;
      }
      const component = isForEvaluation(name) || (await purposes.isEvaluation(name)) ? "Evaluation data" : "Datasets";
      const reason = notData(name, head) ?? (component === "Datasets" && FOR_USERS.test(name) ? "for users who fine-tune" : undefined);
      const facts = { kind: "component", component, why: reason === undefined ? format + rest : `${name}: ${reason}` } as const;
      report({ probe: "data", outcome: reason === undefined ? "found" : "insufficient", file: name, facts });
    }
    for (const name of byRole.fromTests("data").slice(0, 1)) {
      const facts = { kind: "component", component: "Evaluation data", why: `${name}: for tests of the program` } as const;
      report({ probe: "data", outcome: "insufficient", file: name, facts });
    }
  },
};

/** Folders of a fine-tuning: what a model was instructed or aligned with has other names, and is data of the model. */
const FOR_USERS = /(?:^|[/_.-])(?:fine[-_ ]?tun(?:e|ing)|p[-_]?tuning|(?:q|do)?lora|peft)(?:[/_.-])/i;

/** What the README beside data says they are for. */
class Purposes {
  readonly #input: ProbeInput;
  readonly #known = new Map<string, boolean>();
  readonly #readmes: ReadonlyMap<string, string>;

  constructor(input: ProbeInput) {
    this.#input = input;
    this.#readmes = new Map(input.byRole.names("data-card").map((name) => [name.slice(0, name.lastIndexOf("/") + 1), name]));
  }

  async isEvaluation(name: string): Promise<boolean> {
    const folder = name.slice(0, name.lastIndexOf("/") + 1);
    const readme = this.#readmes.get(folder);
    if (readme === undefined) return this.#isOfBenchmark(folder);
    let known = this.#known.get(folder);
    if (known === undefined) {
      const part = await readPart(this.#input.files, readme, MAX_README);
      const text = part === undefined ? "" : new TextDecoder().decode(part.bytes);
      known = /\b(?:evaluat\w+|benchmark\w*|test sets?)\b/i.test(text) && !/\b(?:pre-?)?train(?:ed|ing)?\b/i.test(text);
      this.#known.set(folder, known);
    }
    return known;
  }

  /** Whether data are part of a benchmark: the README of the folder around theirs begins with that word. */
  async #isOfBenchmark(folder: string): Promise<boolean> {
    const known = this.#known.get(folder);
    if (known !== undefined) return known;
    const parent = parentOf(folder);
    const readme = `${parent}README.md`;
    const part =
      parent === "" || !this.#input.files.names.includes(readme) ? undefined : await readPart(this.#input.files, readme, MAX_README);
    const title = part === undefined ? "" : (/^[^\n]*\p{L}[^\n]*/mu.exec(new TextDecoder().decode(part.bytes))?.[0] ?? "");
    const isOfBenchmark = /\bbenchmark\b/i.test(title);
    this.#known.set(folder, isOfBenchmark);
    return isOfBenchmark;
  }
}

function parentOf(folder: string): string {
  return folder.replace(/[^/]+\/$/, "");
}

function count(number: number): string {
  return number.toLocaleString("en-US");
}
