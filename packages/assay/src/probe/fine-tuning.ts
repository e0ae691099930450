import { readPart } from "./model-files.ts";
import { baseOf, parentFolder, isForFineTuning } from "./place.ts";
import type { ProbeInput } from "./probe.ts";

const MAX_TITLE = 4 * 1024;
const MAX_CARD = 1024 * 1024;

/**
 * Which code adapts a model that exists, for its users. That is not how the model was made: the name or a folder says
 * so, or the title of the README beside it. A card that calls such a file its training code decides otherwise: where
 * the model itself is an adapter, fine-tuning is how it was made.
 */
export class FineTuning {
  readonly #input: ProbeInput;
  /** The title of the nearest README of a folder below the root; empty for none. */
  readonly #titles = new Map<string, string>();
  readonly #files: ReadonlyMap<string, string>;
  #headings: readonly string[] | undefined;

  constructor(input: ProbeInput) {
    this.#input = input;
    this.#files = new Map(
      input.files.names.filter((name) => /(?:^|\/)readme\.(?:md|rst|txt)$/i.test(name)).map((name) => [parentFolder(name), name]),
    );
  }

  async covers(name: string): Promise<boolean> {
    const isSaid = isForFineTuning(name) || FINE_TUNING.test(await this.#titleAbove(parentFolder(name)));
    return isSaid && !(await this.#isCalledTraining(baseOf(name)));
  }

  async #titleAbove(folder: string): Promise<string> {
    if (folder === "") return "";
    const known = this.#titles.get(folder);
    if (known !== undefined) return known;
    const readme = this.#files.get(folder);
    const title = readme === undefined ? await this.#titleAbove(parentFolder(folder)) : await this.#readTitle(readme);
    this.#titles.set(folder, title);
    return title;
  }

  async #readTitle(name: string): Promise<string> {
    const part = await readPart(this.#input.files, name, MAX_TITLE);
    return part === undefined ? "" : (/^#{1,3}[ \t]+(.{1,200})/m.exec(new TextDecoder().decode(part.bytes))?.[1] ?? "");
  }

  /** Whether a heading of a card names the file and calls it training. */
  async #isCalledTraining(base: string): Promise<boolean> {
    this.#headings ??= await this.#readHeadings();
    return this.#headings.some(
      (heading) =>
        heading.includes(base) &&
        /\b(?:pre-?)?train(?:ing)?\b/i.test(heading.replaceAll(base, "")) &&
        !FINE_TUNING.test(heading.replaceAll(base, "")),
    );
  }

  async #readHeadings(): Promise<string[]> {
    const headings: string[] = [];
    for (const name of this.#input.byRole.names("card").slice(0, 4)) {
      const file = await this.#input.readText(name, MAX_CARD);
      headings.push(...(file?.text.match(/^#{1,6}[ \t].{1,200}/gm) ?? []));
    }
    return headings;
  }
}

const FINE_TUNING = /fine[-\s]?tun|\b(?:q?lora|peft|p-tuning)\b|微调|微調|ファインチューニング/i;
