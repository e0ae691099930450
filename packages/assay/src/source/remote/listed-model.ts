import { AssayError } from "../../core/error.ts";
import type { PieceListener } from "../../network/streamed-answer.ts";
import type { Change } from "../change.ts";
import type { FileInModel } from "../inventory.ts";
import { checkListed } from "./listed-digest.ts";
import { remoteInventory } from "./remote-inventory.ts";
import type { RemoteFile, RemoteModel, SourceFacts } from "./remote-model.ts";

/** Files of this size are read once, whole, for all their small reads. */
const WHOLE = 256 * 1024;

/** What a server of files gives: the names, and the bytes of each. */
export interface ListedFiles {
  readonly source: SourceFacts;
  /** What a signer writes as the subject's name. */
  readonly name: string;
  readonly revision: string | undefined;
  /** In code-point order of names, which were checked. */
  readonly files: readonly RemoteFile[];
  /** Of a server without revisions. */
  readonly changes?: () => Promise<readonly Change[]>;
  /** Bytes `from` up to `end` of a file, in order. */
  readonly transfer: (file: RemoteFile, from: number, end: number, onPiece: PieceListener) => Promise<void>;
}

/** A model of which the server lists every file. */
export function listedModel({ source, name, revision, files, changes, transfer }: ListedFiles): RemoteModel {
  const byName = new Map(files.map((file) => [file.name, file]));
  const listed = ({ name: wanted }: FileInModel): RemoteFile => {
    const file = byName.get(wanted);
    if (file === undefined) throw new AssayError("INTERNAL", `${wanted} is not a file of ${source.pinned}`);
    return file;
  };
  const small = new Map<string, Promise<Uint8Array>>();
  const readPart = async (file: RemoteFile, from: number, length: number): Promise<Uint8Array> => {
    const part = Buffer.alloc(length);
    if (length === 0) return part;
    let read = 0;
    await transfer(file, from, from + length, (piece) => {
      part.set(piece, read);
      read += piece.length;
      return undefined;
    });
    return part;
  };
  const readWhole = async (file: RemoteFile): Promise<Uint8Array> => {
    const whole = await readPart(file, 0, file.size);
    checkListed(source.host, file, whole);
    return whole;
  };
  return {
    kind: "directory",
    reference: source.given,
    name,
    revision,
    source,
    files,
    inventory: async (request = {}) => remoteInventory(name, source.pinned, files, request),
    async read(wanted, from, length) {
      const file = listed(wanted);
      if (file.size > WHOLE) return readPart(file, from, Math.max(0, Math.min(length, file.size - from)));
      const whole = small.get(file.name) ?? readWhole(file);
      small.set(file.name, whole);
      // A failure is for its caller, and not for who asks again.
      whole.catch(() => small.delete(file.name));
      return (await whole).subarray(from, from + length);
    },
    ...(changes === undefined ? {} : { changes }),
    async stream(file, onPiece, from = 0) {
      const whole = small.get(file.name);
      if (whole === undefined || file.size === 0) return transfer(listed(file), from, file.size, onPiece);
      // Read already, and the same bytes for every question. A copy, as a piece is the receiver's.
      return onPiece(Uint8Array.from(await whole).subarray(from));
    },
    async close() {
      small.clear();
    },
  };
}
