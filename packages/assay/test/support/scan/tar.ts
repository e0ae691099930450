import { bytes } from "./bytes.ts";

export interface TarPart {
  readonly name: string;
  readonly data?: Uint8Array | string;
  /** `0` a file, `1` a hard link, `2` a symbolic link, `5` a folder, `x` and `g` PAX headers, `L` a long name of GNU tar. */
  readonly type?: string;
  readonly linkName?: string;
  readonly prefix?: string;
  /** In the header, where it is not that of the data. */
  readonly size?: number;
  readonly isGnu?: boolean;
  /** In place of 0000644. */
  readonly mode?: string;
  /** Added to the checksum. */
  readonly checksumFault?: number;
}

/** A tar archive, right or wrong; `end` in place of its two blocks of zeros. */
export function tar(parts: readonly TarPart[], end: Uint8Array = new Uint8Array(1024)): Uint8Array {
  return bytes(...parts.map(member), end);
}

function member({
  name,
  data = "",
  type = "0",
  linkName = "",
  prefix = "",
  size,
  isGnu = false,
  mode = "0000644",
  checksumFault = 0,
}: TarPart): Uint8Array {
  const content = Buffer.from(data as Uint8Array);
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write(`${mode}\u00000000000\u00000000000\0`, 100, "latin1");
  header.write(`${(size ?? content.length).toString(8).padStart(11, "0")}\0`, 124, "latin1");
  header.write(`00000000000\0        ${type}`, 136, "latin1");
  header.write(linkName, 157, 100);
  header.write(isGnu ? "ustar  \0" : "ustar\u000000", 257, "latin1");
  header.write(prefix, 345, 155);
  const sum = header.reduce((total, byte) => total + byte, 0) + checksumFault;
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return bytes(header, content, new Uint8Array((512 - (content.length % 512)) % 512));
}

/** Records of a PAX header. */
export function paxRecords(values: Readonly<Record<string, string>>): Uint8Array {
  return bytes(
    ...Object.entries(values).map(([key, value]) => {
      const rest = Buffer.byteLength(` ${key}=${value}\n`);
      let length = rest + String(rest).length;
      if (String(length).length !== String(rest).length) length = rest + String(length).length;
      return `${length} ${key}=${value}\n`;
    }),
  );
}
