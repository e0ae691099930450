import { hash } from "node:crypto";
import { posix } from "node:path";
import type { LicenseFile, OpennessFinding } from "../../openness/folder/findings.ts";
import type { Probe, ProbeInput } from "../probe.ts";
import { folderOf, licenseScope, localPath } from "../../openness/folder/license-scope.ts";
import type { IdentifiedText } from "../../openness/folder/identified-text.ts";
import { pointerIn } from "./text/pointer.ts";
import { identifyLicense } from "./text/identify.ts";
import { roleOf, writingOf, type Writing } from "../role.ts";
import { candidateOf, doubtOf, inOrderOfPromise, isDocument, isWork, speaksForTerms, type Candidate } from "./candidate.ts";
import { isLatin, isList, mayHoldTerms } from "./first-look.ts";
import { lookInto, type Look } from "./terms/look.ts";
import { OpenSentences } from "./terms/open-sentences.ts";
import { termsIn, type Doubt, type TermsFound } from "./terms/sounds.ts";
import { aboutOf, isForMoreThanModel } from "./terms/subjects.ts";
import { isOfOthers, isUsePolicy, termsByName, termsByPlace } from "./terms/terms-name.ts";

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
 * Every text in the model that could be terms: by its name in any place, by the folder that it is in, and by content
 * where the name says nothing. One that could not be read is a text that is not known, where name or place say terms,
 * and is named otherwise.
 */
export const LICENSE: Probe = {
  name: "license",
  run: async (input) => new LicenseSearch(input).run(),
};

const UNREAD = { kind: "unknown", words: 0 } as const;

class LicenseSearch {
  readonly #input: ProbeInput;
  /** Files that mof.yml calls the text of a component's license. */
  readonly #pointedAt: ReadonlySet<string>;
  readonly #open: OpenSentences;
  readonly #identified = new Map<string, IdentifiedText>();
  readonly #notLookedAt = new Map<string, string>();
  #searched = 0;
  #skipped = 0;

  constructor(input: ProbeInput) {
    this.#input = input;
    this.#pointedAt = pointedAt(input.findings);
    this.#open = new OpenSentences(input.knowledge);
  }

  async run(): Promise<void> {
    const { files, byRole } = this.#input;
    const conventional = byRole.names("license");
    const isConventional = new Set(conventional);
    for (const path of conventional.slice(0, MAX_LICENSE_FILES_READ)) await this.#readLicense(path);
    this.#addUnread(this.#linksAndOthers(isConventional), conventional.slice(MAX_LICENSE_FILES_READ));
    const others = inOrderOfPromise(files.names.filter((name) => !isConventional.has(name)).map(candidateOf));
    for (const [index, candidate] of others.entries()) {
      if (index < MAX_OPENED || candidate.rank === 0) await this.#lookAt(candidate);
      else this.#skipped += 1;
    }
    this.#sayWhatWasNotLookedAt();
  }

  /**
   * A license file by its usual name: whatever is in it, it is a license file. One that only names another file of the
   * model says what that says.
   */
  async #readLicense(path: string): Promise<void> {
    const own = await lookInto(this.#input.files, path, MAX_LICENSE);
    const pointer = own.kind === "text" && own.isWhole ? pointerIn(own.readings[0] ?? "") : undefined;
    const target = pointer === undefined ? undefined : posix.join(folderOf(path), pointer);
    const isFollowed = target !== undefined && target !== path && this.#input.files.names.includes(target);
    if (isFollowed && own.kind === "text") this.#remember(path, own);
    const look = isFollowed ? await lookInto(this.#input.files, target, MAX_LICENSE) : own;
    if (look.kind === "empty") return;
    if (look.kind !== "text" || !look.isWhole) {
      const unread = look.kind === "closed" ? look.format : look.kind === "text" ? sizeInWords(look.size) : "not a text";
      this.#add(path, { text: UNREAD, found: "name", unread });
      return;
    }
    this.#remember(isFollowed ? target : path, look);
    const { text, terms } = this.#identify(look, "named");
    if (text.kind === "unknown" && terms === undefined && pointer?.includes("://") !== true && look.readings.every(isList)) return;
    const pointsTo = text.kind === "unknown" && pointer?.includes("://") === true ? { pointsTo: pointer } : {};
    this.#add(path, { text: { ...text, ...pointsTo }, found: "name", terms });
  }

  /** Any other file. */
  async #lookAt(candidate: Candidate): Promise<void> {
    const { path, named, inPlace, writing } = candidate;
    if (isUsePolicy(path) && writing !== "code") this.#sayPolicy(path);
    const isNamed = named !== undefined || inPlace || this.#pointedAt.has(path);
    const look = await lookInto(this.#input.files, path, isNamed ? MAX_LICENSE : MAX_READ[writing]);
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
    this.#input.warn("EVIDENCE_USE_POLICY", message);
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
    const [first = ""] = readings;
    if (doubt === "named" && isWhole && this.#identified.size < MAX_IDENTIFIED) {
      // A license word for word is the usual case, and holds no other terms: its sentences need not be compared.
      const key = hash("sha256", bytes);
      const text = this.#identified.get(key) ?? identifyLicense(first);
      this.#identified.set(key, text);
      if (this.#isOpenText(text)) return { text, terms: undefined };
    }
    const terms = readings.map((reading) => termsIn(reading, doubt, this.#open)).find((found) => found !== undefined);
    if (terms === undefined && doubt !== "named") return { text: UNREAD, terms };
    const key = hash("sha256", bytes);
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
    const { knowledge } = this.#input;
    if (text.kind !== "exact" || !text.ids.some((id) => knowledge.isOpen(id))) return false;
    return (text.appended ?? []).every((id) => knowledge.isOpen(id));
  }

  #add(
    path: string,
    { text, found, terms, unread }: { text: IdentifiedText; found: LicenseFile["found"]; terms?: TermsFound | undefined; unread?: string },
  ): void {
    const isOpen = this.#isOpenText(text);
    const isAboutModel = text.kind === "named" || terms?.subject === "model";
    if (!isOpen && !isAboutModel && found !== "pointer" && roleOf(path) !== "license" && isOfOthers(path) && unread === undefined) return;
    const about = isOpen ? undefined : aboutOf(path, { text, found, terms });
    const scope = scopeOf(path, found, isAboutModel && !isOpen && !(found === "content" && isForMoreThanModel(about, terms)));
    const isVariant = text.kind === "near" && text.ids.some((id) => this.#input.knowledge.isOpen(id));
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
    const file = {
      path,
      folder: folderOf(path),
      scope,
      about,
      text,
      found,
      reach,
      isOpen,
      isUsePolicy: isUsePolicy(path),
      unread,
    } as const;
    const outcome = unread === undefined ? "found" : "not-supported";
    this.#input.report({ probe: "license", outcome, file: path, facts: { kind: "license-text", text: file } });
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
    const isBeside = (): boolean => this.#input.files.names.some((name) => name.startsWith(folder) && name !== path && isWork(name));
    // The license of a program in its folder, with something added: it may well speak of models that the program runs.
    if (isVariant && found === "name" && isBeside()) return "folder";
    if (isAboutModel) return "model";
    // A notebook has text of its own, and its notices are not for its code alone.
    if (found === "content" && isNotice && writingOf(path) === "code" && !path.toLowerCase().endsWith(".ipynb")) return "file";
    if (isOfOthers(path)) return "folder";
    if (found === "content" || termsByPlace(path)) return "model";
    return isBeside() && (!isUnread || roleOf(path) === "license") ? "folder" : "model";
  }

  /** Names that say terms, of what is not a file here. One that leads to a license file of the folder says the same as that. */
  #linksAndOthers(conventional: ReadonlySet<string>): string[] {
    const { names, links, others, targetOf } = this.#input.files;
    const files = new Set(names);
    return [...links, ...others].filter((path) => {
      const isUsual = roleOf(path) === "license";
      if (!isUsual && (termsByName(path) === undefined || termsByName(path) === "perhaps")) return false;
      const target = targetOf(path);
      return target === undefined || !(isUsual ? conventional : files).has(target);
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
    if (isWhole) this.#input.noteRead(path, bytes);
  }

  #sayWhatWasNotLookedAt(): void {
    const { warn } = this.#input;
    const names = [...this.#notLookedAt];
    if (names.length > 0) {
      const shown = names.slice(0, MAX_NAMED).map(([path, format]) => `${path} (${format})`);
      const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : "";
      warn("EVIDENCE_NOT_ALL_READ", `not searched for license terms: ${shown.join(", ")}${more}`);
    }
    if (this.#skipped > 0) {
      const count = this.#skipped.toLocaleString("en-US");
      warn("EVIDENCE_NOT_ALL_READ", `not searched for license terms: ${count} more files, whose names say nothing of them`);
    }
  }
}

/**
 * What terms are for by the name of their file. A name that says code or documents is not believed of a text about a
 * model; terms within a model card are those of the parameters.
 */
function scopeOf(path: string, found: LicenseFile["found"], isClosedForModel: boolean): LicenseFile["scope"] {
  if (found === "content") return isClosedForModel && isCard(path) ? "parameters" : undefined;
  const named = licenseScope(path);
  return isClosedForModel && (named === "code" || named === "document") ? undefined : named;
}

/** A card, or the README of a folder, which is the card of what is in it. */
function isCard(path: string): boolean {
  return roleOf(path) === "card" || /(?:^|\/)readme(?:\.(?:md|markdown|rst|txt))?$/i.test(path);
}

/** The license texts of components, by the names that mof.yml gives. */
function pointedAt(findings: readonly OpennessFinding[]): ReadonlySet<string> {
  const model = findings.flatMap(({ facts }) => (facts.kind === "model-file" ? [facts.model] : []))[0];
  const paths = model?.components.map(({ licensePath }) => licensePath).filter((path) => path !== undefined) ?? [];
  return new Set(paths.map(localPath));
}

type TextLook = Extract<Look, { kind: "text" }>;

/** Sentences of a notice in code; an agreement has more, under the name of a program too. */
const MAX_NOTICE = 5;
const MAX_NAMED = 6;

function sizeInWords(size: number): string {
  return `of ${size.toLocaleString("en-US")} bytes`;
}
