import { FormatError } from "../../../../formats/format-error.ts";
import type { RandomAccess } from "../../../../formats/random-access.ts";
import { isAsStated, openMember, sliceOf } from "../../../../formats/zip/member-content.ts";
import { DEFLATED, STORED, type ZipMember } from "../../../../formats/zip/zip-member.ts";
import type { ExamineInput } from "../../examiner.ts";

/** Of one deflated member that is examined. Pickles and configurations have a few megabytes. */
const MAX_INFLATED_BYTES = 64 * 1024 * 1024;
/** Deflated arrays above this are not inflated as a whole: their header says what they are. */
const MAX_ARRAY_BYTES = 4 * 1024 * 1024;
/** Larger members are weights in most archives, of which only headers are examined. */
const MAX_CHECKED_BYTES = 64 * 1024 * 1024;
const MAX_EXAMINED = 10_000;
/** Compressed, and how much deflate can make of each byte. */
const START_BYTES = 16 * 1024;
const MAX_RATIO = 1032;

/**
 * Examines some members of an archive as parts of a layout, and returns those that remain. `isExpected`: the archive's name
 * is one that files of the layout have.
 */
export type ExamineLayout = (
  input: ExamineInput,
  members: readonly ZipMember[],
  contents: ZipContents,
  isExpected: boolean,
) => Promise<readonly ZipMember[]>;

/** Opens the members of one archive for examiners, within bounds for all of them together, and checks their checksums. */
export class ZipContents {
  readonly #input: ExamineInput;
  /** Members that share no bytes need no more; what only some readers find is counted twice. */
  #bytesLeft: number;
  #membersLeft = MAX_EXAMINED;

  constructor(input: ExamineInput) {
    this.#input = input;
    this.#bytesLeft = 2 * input.file.size;
  }

  /** Undefined for a member that cannot be opened, which is then reported. `mustCheck`: whatever its size. */
  async open(member: ZipMember, mustCheck = false): Promise<RandomAccess | undefined> {
    const { report, leaveOut } = this.#input;
    const place = { member: member.name, offset: member.headerOffset };
    if (this.#membersLeft-- <= 0) {
      if (this.#membersLeft === -1)
        report("zip/bounds", `has more than ${MAX_EXAMINED.toLocaleString("en-US")} members that are not weights`);
      return undefined;
    }
    this.#bytesLeft -= Math.min(member.compressedSize, this.#input.file.size);
    if (this.#bytesLeft < 0) {
      report("zip/bounds", "has members that share so many bytes that not all are read", place);
      return undefined;
    }
    try {
      if (isArray(member) && member.size > MAX_ARRAY_BYTES) return await this.#start(member);
      const content = await this.#content(member);
      if (member.isHidden || !isReadable(member)) return content;
      if (content.size > MAX_CHECKED_BYTES && !mustCheck) leaveOut("checksums of large members");
      else if (!(await isAsStated(content, member))) report("zip/checksum", "is not what its checksum says", place);
      return content;
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      report(error.kind === "malformed" ? "zip/checksum" : "zip/bounds", error.message, place);
      return undefined;
    }
  }

  /** The content of a large array, of which only the start can be read. */
  async #start(member: ZipMember): Promise<RandomAccess> {
    const { file, inflate, leaveOut } = this.#input;
    const data = await file.read(member.dataOffset, Math.min(member.compressedSize, START_BYTES));
    const start = inflate("deflate-raw", data, START_BYTES * MAX_RATIO, true);
    leaveOut("checksums of large members");
    return {
      size: member.size,
      async read(from, length) {
        const end = Math.min(from + length, member.size);
        if (end > start.length) throw new FormatError("not-understood", "is compressed, and larger than is decompressed", from);
        return start.subarray(from, end);
      },
    };
  }

  async #content(member: ZipMember): Promise<RandomAccess> {
    const { file, inflate } = this.#input;
    // As if the method were wrong: for what a pickle in it would do.
    if (!isReadable(member)) return sliceOf(file, member.dataOffset, member.compressedSize);
    return openMember(file, member, (bytes, maxOutput) => inflate("deflate-raw", bytes, maxOutput), MAX_INFLATED_BYTES);
  }
}

/** An array of NumPy: its header says what it is, and its numbers are not read. */
function isArray({ name, method }: ZipMember): boolean {
  return method === DEFLATED && name.toLowerCase().endsWith(".npy");
}

function isReadable({ method }: ZipMember): boolean {
  return method === STORED || method === DEFLATED;
}
