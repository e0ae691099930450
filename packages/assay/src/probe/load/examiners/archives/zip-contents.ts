import { FormatError } from "../../../../formats/format-error.ts";
import type { RandomAccess } from "../../../../formats/random-access.ts";
import { isAsStated, openMember, sliceOf } from "../../../../formats/zip/member-content.ts";
import { DEFLATED, STORED, type ZipMember } from "../../../../formats/zip/zip-member.ts";
import type { ExamineInput } from "../../examiner.ts";

/** Of one deflated member that is examined. Pickles and configurations have a few megabytes. */
const MAX_INFLATED_BYTES = 64 * 1024 * 1024;
/** Of all deflated members of one archive together. */
const MAX_TOTAL_BYTES = 256 * 1024 * 1024;
/** Larger members are weights in most archives, of which only headers are examined. */
const MAX_CHECKED_BYTES = 64 * 1024 * 1024;
const MAX_EXAMINED = 10_000;

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
  #bytesLeft = MAX_TOTAL_BYTES;
  #membersLeft = MAX_EXAMINED;

  constructor(input: ExamineInput) {
    this.#input = input;
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
    try {
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

  async #content(member: ZipMember): Promise<RandomAccess> {
    const { file, inflate } = this.#input;
    // As if the method were wrong: for what a pickle in it would do.
    if (!isReadable(member)) return sliceOf(file, member.dataOffset, member.compressedSize);
    const bound = Math.min(MAX_INFLATED_BYTES, this.#bytesLeft);
    const opened = await openMember(file, member, (bytes, maxOutput) => inflate("deflate-raw", bytes, maxOutput), bound);
    if (member.method !== STORED) this.#bytesLeft -= opened.size;
    return opened;
  }
}

function isReadable({ method }: ZipMember): boolean {
  return method === STORED || method === DEFLATED;
}
