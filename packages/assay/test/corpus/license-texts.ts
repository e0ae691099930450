// The floors of license texts: every text of SPDX's list is exact against itself however it is laid out; a sentence
// that is inserted, deleted or negated makes it another text; a forbidding sentence in a place where SPDX lets any text
// stand does, too. Where SPDX's own files are not at hand, the texts are written from the templates that ship.
//
// ASSAY_SPDX: the folder stdlicenses of SPDX's JSON files. ASSAY_LICENSE_TEXTS=all: everything, not a sample of 1,000.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { identifyLicense } from "../../src/probe/license/text/identify.ts";
import { matchLicense } from "../../src/probe/license/text/match.ts";
import { noticesEnds } from "../../src/probe/license/text/notice.ts";
import { wordsOf, type TemplatePart } from "../../src/probe/license/text/template.ts";
import { titleEnds } from "../../src/probe/license/text/title.ts";
import { licenseTexts, type PackedTemplate } from "../../src/probe/license/text/texts.ts";
import { licenseWords } from "../../src/probe/license/text/words.ts";
import { FORBIDDING, LAYOUTS, seeded } from "./license-changes.ts";

const SAMPLE = 1_000;

interface OfficialText {
  readonly id: string;
  readonly text: string;
  readonly templates: readonly PackedTemplate[];
}

type Report = (name: string, run: () => Promise<void>) => Promise<void>;

export async function runLicenseTexts(report: Report): Promise<void> {
  const texts = officialTexts();
  const all = process.env["ASSAY_LICENSE_TEXTS"] === "all";
  for (const [layout, change] of Object.entries(LAYOUTS)) {
    await report(`license texts, ${layout}: each of ${texts.length} is itself`, () =>
      settled(() =>
        assert.deepEqual(
          texts.filter((one) => !isItself(one, change(one.text))).map(({ id }) => id),
          [],
        ),
      ),
    );
  }
  const changes = sample(texts.flatMap(changesOf), all);
  await report(`license texts, ${changes.length} sentences inserted, deleted or negated: none is the license still`, () =>
    settled(() =>
      assert.deepEqual(
        changes.filter(({ of, text }) => isItself(of, text())).map(({ what }) => what),
        [],
      ),
    ),
  );
  const places = sample(licenseTexts().flatMap(forbidden), all);
  await report(`license texts, ${places.length} forbidding sentences where any text may stand: none is a license`, () =>
    settled(() =>
      assert.deepEqual(
        places.filter(({ of, text }) => isItself(of, text())).map(({ what }) => what),
        [],
      ),
    ),
  );
  for (const [name, folder, pattern] of [
    ["Debian's common licenses", "/usr/share/common-licenses", /^/],
    ["GitHub's license picker", process.env["ASSAY_PICKER"] ?? "", /\.txt$/],
  ] as const) {
    if (!existsSync(folder)) continue;
    const files = readdirSync(folder).filter((file) => pattern.test(file));
    await report(`license texts, ${name}: each of ${files.length} is exact`, () =>
      settled(() =>
        assert.deepEqual(
          files.filter((file) => !isExact(readFileSync(join(folder, file), "utf8"))),
          [],
        ),
      ),
    );
  }
}

function isExact(text: string): boolean {
  return identifyLicense(text.replace(/^---\n[^]*?\n---\n/, "")).kind === "exact";
}

function isItself({ templates }: Pick<OfficialText, "templates">, text: string): boolean {
  const words = licenseWords(text);
  return templates.some((packed) => words.letters.includes(packed.probe) && matchLicense(words, packed.unpack()).isWhole);
}

function officialTexts(): OfficialText[] {
  const byId = Map.groupBy(
    licenseTexts().flatMap((packed) => packed.ids.map((id) => ({ id, packed }))),
    ({ id }) => id,
  );
  const folder = process.env["ASSAY_SPDX"];
  return [...byId].map(([id, found]) => {
    const templates = found.map(({ packed }) => packed);
    const file = folder === undefined ? undefined : join(folder, `${id}.json`);
    if (file === undefined || !existsSync(file))
      return { id, templates, text: templates.map((one) => written(one.unpack().parts))[0] ?? "" };
    const { licenseText } = JSON.parse(readFileSync(file, "utf8")) as { licenseText: string };
    return { id, templates, text: licenseText };
  });
}

interface Change {
  readonly what: string;
  readonly of: Pick<OfficialText, "templates">;
  readonly text: () => string;
}

/** A piece of less has no sentence in it; a name, a number or a title may be one. */
const MIN_SENTENCE = 24;

/** Each sentence within words that must be there: left out, denied, followed by another. */
function changesOf(of: OfficialText): Change[] {
  const must = of.templates.flatMap((packed) => mandatory(packed.unpack().parts));
  const may = of.templates.flatMap((packed) => optional(packed.unpack().parts));
  const changes: Change[] = [];
  for (const { 0: sentence, index } of of.text.matchAll(/[^.;:\n]+(?:\n[^.;:\n]+)*[.;:]?/g)) {
    const words = licenseWords(sentence);
    const { letters } = words;
    if (letters.length < MIN_SENTENCE || !must.some((part) => part.includes(letters))) continue;
    // What may be missing, its name and a heading among it, may be in a sentence that must be there, too.
    if (may.some((part) => part.includes(letters)) || noticesEnds(words, 0).includes(words.words.length)) continue;
    if (of.templates.some((packed) => [...titleEnds(words, 0, packed.unpack())].includes(words.words.length))) continue;
    const [before, after] = [of.text.slice(0, index), of.text.slice(index + sentence.length)];
    const what = `${of.id}: ${sentence.slice(0, 60)}`;
    changes.push({ what: `${what} (deleted)`, of, text: () => `${before} ${after}` });
    changes.push({ what: `${what} (negated)`, of, text: () => `${before}${negated(sentence)}${after}` });
    changes.push({ what: `${what} (followed)`, of, text: () => `${before}${sentence} Banks have none of these rights. ${after}` });
  }
  return changes;
}

function negated(sentence: string): string {
  const without = sentence.replace(/ not\b/i, "");
  const denied = sentence.replace(/(?<=\p{L}{2}) (?=\p{L})/u, " not ");
  return without !== sentence ? without : denied !== sentence ? denied : `不得${sentence}`;
}

/** Letters that must be there, as far as they are in one piece. */
function mandatory(parts: readonly TemplatePart[]): string[] {
  return parts.flatMap((part) => (part.kind === "text" ? [part.letters] : []));
}

/** Letters of what SPDX marks optional. */
function optional(parts: readonly TemplatePart[]): string[] {
  return parts.flatMap((part) => (part.kind === "optional" ? [wordsOf(part.parts, true).join("")] : []));
}

/** Every place where a template takes a name, notices or a number, filled with each forbidding sentence. */
function forbidden(packed: PackedTemplate): Change[] {
  const { parts } = packed.unpack();
  const count = places(parts);
  const of = { templates: [packed] };
  return Array.from({ length: count }, (_, place) => place).flatMap((place) =>
    FORBIDDING.map((sentence) => ({
      what: `${packed.ids[0] ?? ""}, place ${place}: ${sentence}`,
      of,
      text: () => written(parts, { place, sentence }),
    })),
  );
}

function places(parts: readonly TemplatePart[]): number {
  return parts.reduce((count, part) => {
    if (part.kind === "optional") return count + places(part.parts);
    if (part.kind === "choice") return count + places(part.choices[0] ?? []) + 1;
    return count + (part.kind === "text" ? 0 : 1);
  }, 0);
}

/** Templates have no marks of sentences. */
const WORDS_IN_SENTENCE = 20;

/** A template as a text, with a notice and a name where it has them, or a sentence in one of these places. */
function written(parts: readonly TemplatePart[], filled?: { readonly place: number; readonly sentence: string }): string {
  let place = 0;
  return write(parts);

  function write(some: readonly TemplatePart[]): string {
    return some
      .map((part): string => {
        if (part.kind === "text") return part.words.map((word, index) => (index % WORDS_IN_SENTENCE === 19 ? `${word} ;` : word)).join(" ");
        if (part.kind === "optional") return write(part.parts);
        const isFilled = place++ === filled?.place;
        const usual = usualOf(part);
        return isFilled ? filled.sentence : usual;
      })
      .join(" ");
  }

  function usualOf(part: Exclude<TemplatePart, { kind: "text" | "optional" }>): string {
    if (part.kind === "choice") return write(part.choices[0] ?? []);
    if (part.kind === "notices") return "Copyright 2024 Jane Doe";
    return part.kind === "name" ? "Jane Doe" : "1";
  }
}

function sample<T>(list: readonly T[], all: boolean): readonly T[] {
  if (all || list.length <= SAMPLE) return list;
  const random = seeded(20_261_129);
  return Array.from({ length: SAMPLE }, () => list[Math.floor(random() * list.length)]).filter((one) => one !== undefined);
}

function settled(run: () => void): Promise<void> {
  run();
  return Promise.resolve();
}
