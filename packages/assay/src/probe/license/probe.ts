import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { LicenseFile } from "../../openness/folder/findings.ts";
import type { FolderListing } from "../folder.ts";
import { namesOf, type Gathering } from "../gathering.ts";
import { folderOf, licenseScope } from "../../openness/folder/license-scope.ts";
import type { IdentifiedText } from "../../openness/folder/identified-text.ts";
import { identifyLicense } from "./text/identify.ts";
import { roleOf, writingOf, type Writing } from "../role.ts";
import { lookInto, type Look } from "./terms/look.ts";
import { OpenSentences, type LicenseKnowledge } from "./terms/open-sentences.ts";
import { termsIn, type Doubt, type TermsFound } from "./terms/sounds.ts";
import { isOfOthers, isUsePolicy, termsByName, termsByPlace, type NamedTerms } from "./terms/terms-name.ts";

/** Texts that are compared with every known license; a text that is there many times counts once. */
const MAX_IDENTIFIED = 60;
const MAX_LICENSE_FILES_READ = 100;
const MAX_LICENSE = 512 * 1024;
/** What is read of a text whose name says nothing; of a larger one, half from each end. */
const MAX_READ: Readonly<Record<Writing, number>> = { prose: 512 * 1024, code: 256 * 1024, records: 32 * 1024 };
/** All texts together, and the names that are opened: no folder may take long. */
const MAX_SEARCHED = 8 * 1024 * 1024;
const MAX_OPENED = 20_000;

/**
 * Collects every text in the folder that could be terms: by its name in any place, by the folder that it is in, and
 * by content where the name says nothing. One that could not be read is a text that is not known, where name or
 * place say terms, and is named otherwise. `pointedAt`: files that mof.yml calls license texts.
 */
export function gatherLicenses(gathering: Gathering, knowledge: LicenseKnowledge, pointedAt: ReadonlySet<string>): LicenseFile[] {
  return new LicenseGathering(gathering, knowledge, pointedAt).run();
}

const UNREAD = { kind: "unknown", words: 0 } as const;

class LicenseGathering {
  readonly #gathering: Gathering;
  readonly #knowledge: LicenseKnowledge;
  readonly #pointedAt: ReadonlySet<string>;
  readonly #open: OpenSentences;
  readonly #found: LicenseFile[] = [];
  readonly #identified = new Map<string, IdentifiedText>();
  readonly #notLookedAt = new Map<string, string>();
  #searched = 0;
  #skipped = 0;

  constructor(gathering: Gathering, knowledge: LicenseKnowledge, pointedAt: ReadonlySet<string>) {
    this.#gathering = gathering;
    this.#knowledge = knowledge;
    this.#pointedAt = pointedAt;
    this.#open = new OpenSentences(knowledge);
  }

  run(): LicenseFile[] {
    const { listing } = this.#gathering;
    const conventional = namesOf(this.#gathering, "license");
    const isConventional = new Set(conventional);
    for (const path of conventional.slice(0, MAX_LICENSE_FILES_READ)) this.#readLicense(path);
    this.#addUnread(this.#linksAndOthers(isConventional), conventional.slice(MAX_LICENSE_FILES_READ));
    const others = inOrderOfPromise(listing.files.filter((name) => !isConventional.has(name)).map(candidateOf));
    for (const [index, candidate] of others.entries()) {
      if (index < MAX_OPENED || candidate.rank === 0) this.#lookAt(candidate);
      else this.#skipped += 1;
    }
    this.#sayWhatWasNotLookedAt();
    return this.#found;
  }

  /** A license file by its usual name: whatever is in it, it is a license file. */
  #readLicense(path: string): void {
    const look = lookInto(this.#gathering.listing, path, MAX_LICENSE);
    if (look.kind === "empty") return;
    if (look.kind !== "text" || !look.isWhole) {
      const unread = look.kind === "closed" ? look.format : look.kind === "text" ? sizeInWords(look.size) : "not a text";
      this.#add(path, { text: UNREAD, found: "name", unread });
      return;
    }
    this.#remember(path, look);
    const { text, terms } = this.#identify(look, "named");
    if (text.kind === "unknown" && terms === undefined && look.readings.every(isList)) return;
    this.#add(path, { text, found: "name", terms });
  }

  /** Any other file. */
  #lookAt(candidate: Candidate): void {
    const { path, named, inPlace, writing } = candidate;
    if (isUsePolicy(path) && writing !== "code") this.#sayPolicy(path);
    const isNamed = named !== undefined || inPlace || this.#pointedAt.has(path);
    const look = lookInto(this.#gathering.listing, path, isNamed ? MAX_LICENSE : MAX_READ[writing]);
    if (look.kind === "text") return this.#searchText(candidate, look);
    if (look.kind === "empty") return;
    // Weights and images called so are what they are; anything else under the name of a license is a document.
    const unread = look.kind === "closed" ? look.format : "not a text";
    const speaks =
      look.kind === "closed" ? isNamed && speaksForTerms(candidate, look.format) : named === "license" && roleOf(path) === undefined;
    if (speaks) this.#add(path, { text: UNREAD, found: "name", unread });
    else if (look.kind === "closed" && isDocument(path, look.format)) this.#notLookedAt.set(path, look.format);
  }

  #sayPolicy(path: string): void {
    const message = `${path} limits what the model may be used for, whatever the license says`;
    this.#gathering.warnings.push({ code: "EVIDENCE_USE_POLICY", message });
  }

  #searchText(candidate: Candidate, look: TextLook): void {
    const { path, named, inPlace } = candidate;
    const isPointedAt = this.#pointedAt.has(path);
    const doubt = doubtOf(candidate, isPointedAt);
    if ((doubt === "code" || doubt === "records") && !look.readings.some(mayHoldTerms)) return;
    if (!look.isWhole && doubt !== "records") this.#notLookedAt.set(path, `${sizeInWords(look.size)}, read in part`);
    if (doubt !== "named" && this.#searched > MAX_SEARCHED) {
      this.#skipped += 1;
      return;
    }
    this.#searched += look.readings.reduce((sum, { length }) => sum + length, 0);
    const { text, terms } = this.#identify(look, doubt);
    const isLicense = text.kind === "exact" && (named === "license" || inPlace || isPointedAt);
    // A text in letters of another script is a license that was not read, where its name says license.
    const isUnderstood = terms !== undefined || isLicense || doubt !== "named" || look.readings.some(isLatin);
    if (!isLicense && terms === undefined && isUnderstood) return;
    this.#remember(path, look);
    const found = doubt === "named" ? (named === undefined && !inPlace ? "pointer" : "name") : "content";
    this.#add(path, { text, found, terms });
  }

  /** What the text is; `terms` where it holds any beside those of open licenses. */
  #identify(
    { readings, bytes, isWhole }: TextLook,
    doubt: Doubt,
  ): { readonly text: IdentifiedText; readonly terms: TermsFound | undefined } {
    const terms = readings.map((reading) => termsIn(reading, doubt, this.#open)).find((found) => found !== undefined);
    const [first = ""] = readings;
    if (terms === undefined && doubt !== "named") return { text: UNREAD, terms };
    const key = createHash("sha256").update(bytes).digest("hex");
    const known = this.#identified.get(key);
    if (known !== undefined) return { text: known, terms: this.#unlessOpen(known, terms) };
    if (!isWhole || this.#identified.size >= MAX_IDENTIFIED) return { text: UNREAD, terms };
    const text = identifyLicense(first);
    this.#identified.set(key, text);
    return { text, terms: this.#unlessOpen(text, terms) };
  }

  /** An open license, word for word, holds no other terms, whatever single sentences say. */
  #unlessOpen(text: IdentifiedText, terms: TermsFound | undefined): TermsFound | undefined {
    return this.#isOpenText(text) ? undefined : terms;
  }

  #isOpenText(text: IdentifiedText): boolean {
    return text.kind === "exact" && text.ids.some((id) => this.#knowledge.isOpen(id));
  }

  #add(
    path: string,
    { text, found, terms, unread }: { text: IdentifiedText; found: LicenseFile["found"]; terms?: TermsFound | undefined; unread?: string },
  ): void {
    const isOpen = this.#isOpenText(text);
    const isAboutModel = text.kind === "named" || terms?.subject === "model";
    if (!isOpen && !isAboutModel && found !== "pointer" && roleOf(path) !== "license" && isOfOthers(path) && unread === undefined) return;
    const scope = scopeOf(path, found, isAboutModel && !isOpen);
    const isVariant = text.kind === "near" && text.ids.some((id) => this.#knowledge.isOpen(id));
    const reach = isOpen
      ? found === "pointer"
        ? "pointer"
        : "folder"
      : this.#reachOf(path, found, {
          isAboutModel,
          isUnread: unread !== undefined,
          isVariant,
          isNotice: terms === undefined || (terms.sentences.length <= MAX_NOTICE && !terms.isTitled),
        });
    this.#found.push({ path, folder: folderOf(path), scope, text, found, reach, isOpen, isUsePolicy: isUsePolicy(path), unread });
  }

  /** How far terms reach that are not open: one that is about a model is about this one, wherever it is. */
  #reachOf(
    path: string,
    found: LicenseFile["found"],
    {
      isAboutModel,
      isUnread,
      isVariant,
      isNotice,
    }: { readonly isAboutModel: boolean; readonly isUnread: boolean; readonly isVariant: boolean; readonly isNotice: boolean },
  ): LicenseFile["reach"] {
    const folder = folderOf(path);
    if (folder === "" && writingOf(path) !== "code") return "model";
    const isBeside = (): boolean => this.#gathering.listing.files.some((name) => name.startsWith(folder) && name !== path && isWork(name));
    // The license of a program in its folder, with something added: it may well speak of models that the program runs.
    if (isVariant && found === "name" && isBeside()) return "folder";
    if (isAboutModel) return "model";
    // A notebook has text of its own, and its notices are not for its code alone.
    if (found === "content" && isNotice && writingOf(path) === "code" && !path.toLowerCase().endsWith(".ipynb")) return "file";
    if (isOfOthers(path)) return "folder";
    if (found === "content" || termsByPlace(path)) return "model";
    return isBeside() && (!isUnread || roleOf(path) === "license") ? "folder" : "model";
  }

  /** Names that say terms, of what is no file here. One that leads to a license file of the folder says the same as that. */
  #linksAndOthers(conventional: ReadonlySet<string>): string[] {
    const { listing } = this.#gathering;
    const files = new Set(listing.files);
    return [...listing.links, ...listing.others].filter((path) => {
      const isUsual = roleOf(path) === "license";
      if (!isUsual && (termsByName(path) === undefined || termsByName(path) === "perhaps")) return false;
      return !leadsTo(listing, path, isUsual ? conventional : files);
    });
  }

  /** One of a folder and scope says as much as all of them. */
  #addUnread(elsewhere: readonly string[], notRead: readonly string[]): void {
    const unread = new Map<string, readonly [string, string]>();
    for (const path of elsewhere)
      unread.set(`${folderOf(path)} ${licenseScope(path) ?? ""}`, [path, "a link or device, which was not followed"]);
    for (const path of notRead) unread.set(`${folderOf(path)} ${licenseScope(path) ?? ""}`, [path, "one of too many"]);
    for (const [path, why] of unread.values()) this.#add(path, { text: UNREAD, found: "name", unread: why });
  }

  #remember(path: string, { bytes, isWhole }: TextLook): void {
    if (isWhole) this.#gathering.noteRead(path, bytes);
  }

  #sayWhatWasNotLookedAt(): void {
    const { warnings } = this.#gathering;
    const names = [...this.#notLookedAt];
    if (names.length > 0) {
      const shown = names.slice(0, MAX_NAMED).map(([path, format]) => `${path} (${format})`);
      const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : "";
      warnings.push({ code: "EVIDENCE_NOT_ALL_READ", message: `not searched for terms: ${shown.join(", ")}${more}` });
    }
    if (this.#skipped > 0) {
      const message = `not searched for terms: ${this.#skipped.toLocaleString("en-US")} more files, whose names say nothing of them`;
      warnings.push({ code: "EVIDENCE_NOT_ALL_READ", message });
    }
  }
}

/**
 * What terms are for by the name of their file. A name that says code or documents is not believed of a text about a
 * model; terms within a model card are those of the parameters.
 */
function scopeOf(path: string, found: LicenseFile["found"], isClosedForModel: boolean): LicenseFile["scope"] {
  if (found === "content") return isClosedForModel && roleOf(path) === "card" ? "parameters" : undefined;
  const named = licenseScope(path);
  return isClosedForModel && (named === "code" || named === "document") ? undefined : named;
}

type TextLook = Extract<Look, { kind: "text" }>;

/** Sentences of a notice in code; an agreement has more, under the name of a program too. */
const MAX_NOTICE = 5;
const MAX_NAMED = 6;

/** What a file's name candidates, before it is opened. */
interface Candidate {
  readonly path: string;
  readonly named: NamedTerms | undefined;
  readonly inPlace: boolean;
  readonly writing: Writing;
  /** 0 for names that say terms, then documents, code, records. */
  readonly rank: number;
  readonly depth: number;
}

const RANKS: Readonly<Record<Writing, number>> = { prose: 1, code: 2, records: 3 };

function candidateOf(path: string): Candidate {
  const named = termsByName(path);
  const inPlace = termsByPlace(path);
  const writing = writingOf(path);
  const rank = named !== undefined || inPlace ? 0 : RANKS[writing];
  return { path, named, inPlace, writing, rank, depth: path.split("/").length };
}

/** What is most likely to hold terms first, and near the root: where there is too much to read, the rest is left out. */
function inOrderOfPromise(candidates: Candidate[]): Candidate[] {
  return candidates.sort((a, b) => a.rank - b.rank || a.depth - b.depth || (a.path < b.path ? -1 : 1));
}

function sizeInWords(size: number): string {
  return `of ${size.toLocaleString("en-US")} bytes`;
}

function doubtOf({ writing, named, inPlace }: Candidate, isPointedAt: boolean): Doubt {
  if (isPointedAt) return "named";
  // A program may be called so for what it does.
  if (writing === "code") return "code";
  if (inPlace || named === "license" || named === "terms") return "named";
  if (writing === "records") return "records";
  return named === "perhaps" ? "perhaps" : "document";
}

/** Words without which code and records hold no terms: most files have none of them, and need not be searched. */
const HINTS =
  /licen[csz]|lizenz|agreement|prohibit|forbid|hereby|commercial|permission|permitted|restrict|distribut|(?:may|must|shall) (?:not|only)|(?:\b|\\[nrt])you (?:may|must|shall|agree)|only for|(?:research|evaluation|purposes) only|лиценз|许可|許可|授权|授權|禁止|不得|商用|ライセンス|라이선스/gi;

function mayHoldTerms(text: string): boolean {
  HINTS.lastIndex = 0;
  return HINTS.test(text) && HINTS.test(text);
}

/** Whether a text is a list of short entries, as of license plates: no line of it can be a sentence. */
function isList(text: string): boolean {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.length > 1 && lines.every((line) => (line.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) <= MAX_ENTRY);
}

const MAX_ENTRY = 3;

/** Whether the words of a text are in letters that the search for terms knows best. */
function isLatin(text: string): boolean {
  const part = text.slice(0, 8_192);
  const latin = part.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return latin * 2 >= (part.match(/\p{L}/gu)?.length ?? 0);
}

/** Documents for people, and archives of files: what else is closed is data, weights or pictures. */
function isDocument(path: string, format: string): boolean {
  return (
    format === "a PDF" || /\.(?:txt|md|rst|html?|pdf|docx?|odt|rtf|pptx?|epub|pages|zip|tar|tgz|7z|rar)(?:\.[a-z0-9]{2,4})?$/i.test(path)
  );
}

/** Whether name and format together say that a file holds terms: `policy.pt` holds weights, and an image in a folder is an image. */
function speaksForTerms({ path, named }: Candidate, format: string): boolean {
  const role = roleOf(path);
  if ((role === "weights" || role === "gguf" || role === "data") && named !== "license") return false;
  return format !== "an image" || named === "license" || named === "terms";
}

/** Code, data and weights: what a license file beside them is for. */
function isWork(name: string): boolean {
  const role = roleOf(name);
  return role === "weights" || role === "gguf" || role === "data" || (writingOf(name) !== "prose" && role !== "license");
}

/** Where a link leads is looked up, and nothing there is opened. */
function leadsTo({ root }: FolderListing, link: string, names: ReadonlySet<string>): boolean {
  try {
    return names.has(relative(root, realpathSync.native(join(root, link))).replaceAll(sep, "/"));
  } catch {
    return false;
  }
}
