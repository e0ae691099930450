// Tar archives, as the layers of an image are: written the same from the same files, and read from Debian's packages.

/** A file, folder or link of an image. */
export interface Entry {
  /** From the root, without a slash at either end. */
  readonly path: string;
  readonly kind: "file" | "folder" | "link";
  /** Permission bits. */
  readonly mode: number;
  readonly content: Uint8Array;
  /** Of a link. */
  readonly target: string;
}

const NOTHING = new Uint8Array();

export function file(path: string, content: Uint8Array | string, mode = 0o644): Entry {
  return { path, kind: "file", mode, content: typeof content === "string" ? new TextEncoder().encode(content) : content, target: "" };
}

export function folder(path: string, mode = 0o755): Entry {
  return { path, kind: "folder", mode, content: NOTHING, target: "" };
}

const BLOCK = 512;
const TYPES = { file: "0", link: "2", folder: "5" } as const;

/**
 * A tar archive of these entries and the folders above them: in the order of their paths, all of root, with one time. Throws for
 * a name that needs an extension of the format.
 */
export function writeTar(entries: readonly Entry[], seconds: number): Buffer {
  const all = new Map(entries.map((entry) => [entry.path, entry]));
  for (const { path } of entries) {
    const parts = path.split("/");
    for (let depth = 1; depth < parts.length; depth += 1) {
      const above = parts.slice(0, depth).join("/");
      if (!all.has(above)) all.set(above, folder(above));
    }
  }
  const sorted = [...all.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const blocks = sorted.flatMap((entry) => [
    header(entry, seconds),
    entry.content,
    Buffer.alloc((BLOCK - (entry.content.length % BLOCK)) % BLOCK),
  ]);
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]);
}

function header({ path, kind, mode, content, target }: Entry, seconds: number): Buffer {
  const name = kind === "folder" ? `${path}/` : path;
  if (Buffer.byteLength(name) > 100 || Buffer.byteLength(target) > 100) throw new Error(`${name} is too long for a header`);
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0);
  const numbers: readonly (readonly [value: number, at: number, digits: number])[] = [
    [mode, 100, 7],
    [0, 108, 7],
    [0, 116, 7],
    [content.length, 124, 11],
    [seconds, 136, 11],
  ];
  for (const [value, at, digits] of numbers) block.write(value.toString(8).padStart(digits, "0"), at);
  block.write("        ", 148);
  block.write(TYPES[kind], 156);
  block.write(target, 157);
  block.write("ustar\x0000", 257, "latin1");
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return block;
}

/** The entries of an archive. Reads what dpkg writes: ustar and GNU long names. */
export function readTar(bytes: Buffer): Entry[] {
  const entries: Entry[] = [];
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0;) {
    const block = bytes.subarray(at, at + BLOCK);
    const size = Number.parseInt(textOf(block, 124, 12), 8);
    const content = bytes.subarray(at + BLOCK, at + BLOCK + size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    const type = textOf(block, 156, 1);
    if (type === "L") {
      longName = textOf(content, 0, content.length);
      continue;
    }
    const path = (longName ?? textOf(block, 0, 100)).replace(/^\.?\//, "").replace(/\/$/, "");
    longName = undefined;
    const kind = type === "5" ? "folder" : type === "2" ? "link" : type === "0" ? "file" : undefined;
    if (kind === undefined) throw new Error(`${path}: an entry of type ${JSON.stringify(type)}`);
    const mode = Number.parseInt(textOf(block, 100, 8), 8) & 0o777;
    entries.push({ path, kind, mode, content, target: kind === "link" ? textOf(block, 157, 100) : "" });
  }
  return entries;
}

function textOf(bytes: Buffer, at: number, length: number): string {
  return bytes
    .subarray(at, at + length)
    .toString("utf8")
    .replace(/\0[^]*$/, "")
    .trim();
}
