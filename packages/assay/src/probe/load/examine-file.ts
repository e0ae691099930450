import { AssayError } from "../../core/error.ts";
import { systemReason } from "../../core/system-reason.ts";
import { FormatError } from "../../formats/format-error.ts";
import { HEAD_BYTES } from "../../formats/format.ts";
import { lfsPointer } from "../../formats/lfs-pointer.ts";
import type { RandomAccess } from "../../formats/random-access.ts";
import type { ExaminedMember, FileExamination, LoadFacts, LoadFinding } from "../../risk/findings.ts";
import { TAIL_BYTES, type ExamineBudget, type ExamineInput, type Examiner } from "./examiner.ts";
import { EXAMINERS } from "./examiners.ts";
import { FindingList } from "./finding-list.ts";
import { inflate } from "./inflate.ts";
import { mergeFacts } from "./merge-facts.ts";
import { sniffLoad } from "./sniff.ts";

/** Archives inside archives that are opened. */
const MAX_DEPTH = 3;
/** Members that are examined, in the file and in archives inside it: overlapping members could be without end. */
const MAX_MEMBERS = 20_000;
const MAX_INNER_MEMBERS = 1000;
/** Of one file with all archives inside it together: members whose headers are read, and bytes that are decompressed. */
const MAX_HEADERS = 200_000;
const MAX_INFLATED_BYTES = 256 * 1024 * 1024;

/** The other files of the model. */
interface Around {
  readonly sizeOf: (name: string) => number | undefined;
  readonly claimAsData: (name: string) => void;
}

/** What is collected of one file and of everything inside it. */
class Examination {
  readonly findings = new FindingList();
  readonly leftOut = new Set<string>();
  readonly members: ExaminedMember[] = [];
  readonly budget: ExamineBudget = { members: MAX_HEADERS, inflatedBytes: MAX_INFLATED_BYTES };
  readonly #around: Around;
  readonly examiners: readonly Examiner[];
  facts: LoadFacts = {};
  isLoaded = true;

  constructor(around: Around, examiners: readonly Examiner[]) {
    this.#around = around;
    this.examiners = examiners;
  }

  /** Examines a file, or a member at `path` of one; returns the name of its format. */
  async run(name: string, file: RandomAccess, path: readonly string[]): Promise<string | undefined> {
    const head = await file.read(0, HEAD_BYTES);
    if (file.size === 0) return this.#examineEmpty(name, path);
    const pointer = lfsPointer(head);
    if (pointer !== undefined) return this.#report(path, "folder/lfs-pointer", "is a git-LFS pointer: the file itself was not downloaded");
    const tail = file.size <= head.length ? head : await readTail(file);
    const { examiners, disguise, isPolyglot } = sniffLoad(name, { head, tail, size: file.size }, this.examiners);
    const [first, second] = examiners;
    if (first === undefined) return this.#report(path, "file/unknown-format", "is of a format that Assay does not know");
    if (disguise !== undefined) this.#report(path, "file/disguised", `is named as ${disguise}, and is ${first.format}`);
    if (isPolyglot) this.#report(path, "file/polyglot", `is ${first.format} from its start and ${second?.format ?? ""} from its end`);
    for (const examiner of examiners) await this.#examine(examiner, this.#input(name, file, head, path), path);
    return first.format;
  }

  /** Nothing in it can be loaded; where its name promises more, it is not what it says. */
  #examineEmpty(name: string, path: readonly string[]): string | undefined {
    const named = this.examiners.filter(({ isNamed }) => isNamed(name.toLowerCase()));
    const isFault = named.length > 0 && !named.some(({ mayBeEmpty }) => mayBeEmpty === true);
    if (isFault) this.#report(path, "file/empty", "is empty");
    else if (path.length === 0) this.isLoaded = false;
    return named[0]?.format;
  }

  #input(name: string, file: RandomAccess, head: Uint8Array, path: readonly string[]): ExamineInput {
    return {
      name,
      file,
      head,
      depth: path.length,
      report: (reason, what, place = {}) => this.#report(path, reason, what, place),
      addFacts: (facts) => {
        this.facts = mergeFacts(this.facts, facts);
      },
      leaveOut: (what) => void this.leftOut.add(what),
      setNotLoaded: () => {
        if (path.length === 0) this.isLoaded = false;
      },
      examineMember: async (member, content) => {
        const inner = [...path, member];
        const limit = path.length === 0 ? MAX_MEMBERS : MAX_INNER_MEMBERS;
        if (this.members.length >= limit) {
          this.#report(path, "file/too-many-members", `has more than ${limit} members: the rest was not examined`);
          return;
        }
        if (inner.length > MAX_DEPTH) {
          this.#report(inner, "file/too-deep", `is inside ${MAX_DEPTH} archives, and was not opened`);
          return;
        }
        this.members.push({ member: inner.join("/"), format: await this.run(member, content, inner) });
      },
      inflate: (compression, bytes, maxOutput, isStart) => {
        const output = inflate(compression, bytes, Math.min(maxOutput, this.budget.inflatedBytes), isStart);
        this.budget.inflatedBytes -= output.length;
        return output;
      },
      budget: this.budget,
      hasFile: (other) => this.#around.sizeOf(other) !== undefined,
      sizeOf: this.#around.sizeOf,
      claimAsData: this.#around.claimAsData,
    };
  }

  async #examine(examiner: Examiner, input: ExamineInput, path: readonly string[]): Promise<void> {
    try {
      await examiner.examine(input);
    } catch (error) {
      if (error instanceof FormatError) {
        const reason = error.kind === "malformed" ? "file/malformed" : "file/not-understood";
        this.#report(path, reason, error.message, { offset: error.offset });
        return;
      }
      if (error instanceof AssayError && error.code !== "INTERNAL") throw error;
      // A fault of ours must not end the scan of the other files, and must not pass for an answer.
      this.#report(path, "file/reader-failed", `is not read to its end: the reader of ${examiner.format} failed (${String(error)})`);
    }
  }

  #report(
    path: readonly string[],
    reason: LoadFinding["reason"],
    what: string,
    place: Omit<LoadFinding, "reason" | "what"> = {},
  ): undefined {
    const member = [...path, ...(place.member === undefined ? [] : [place.member])].join("/");
    this.findings.add({ reason, what, ...place, member: member === "" ? undefined : member });
  }
}

/** Nothing of a member of which only the start is decompressed. */
async function readTail(file: RandomAccess): Promise<Uint8Array> {
  try {
    return await file.read(Math.max(0, file.size - TAIL_BYTES), TAIL_BYTES);
  } catch (error) {
    if (error instanceof FormatError) return new Uint8Array(0);
    throw error;
  }
}

/** Surroundings of a file; all of them are optional, for a file by itself. */
export interface ExamineOptions extends Partial<Around> {
  readonly examiners?: readonly Examiner[];
}

/** The finding names the file already. */
function reasonOf({ code, cause, message }: AssayError): string {
  return code === "FILE_UNREADABLE" && cause !== undefined ? systemReason(cause) : message;
}

/**
 * Examines one file, with what is inside it: what does a loader do with these bytes? A file that cannot be read is a finding;
 * throws FILE_CHANGED and ABORTED only.
 */
export async function examineFile(
  name: string,
  file: RandomAccess,
  { sizeOf = () => undefined, claimAsData = () => undefined, examiners = EXAMINERS }: ExamineOptions = {},
): Promise<FileExamination> {
  const examination = new Examination({ sizeOf, claimAsData }, examiners);
  let format: string | undefined;
  try {
    format = await examination.run(name, file, []);
  } catch (error) {
    if (!(error instanceof AssayError) || error.code === "FILE_CHANGED" || error.code === "ABORTED") throw error;
    examination.findings.add({ reason: "file/unreadable", what: `cannot be read: ${reasonOf(error)}` });
  }
  const { findings, leftOut, members, facts, isLoaded } = examination;
  return { file: name, size: file.size, format, isLoaded, findings: findings.all, leftOut: [...leftOut], members, facts };
}
