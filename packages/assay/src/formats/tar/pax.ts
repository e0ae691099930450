/** Keywords of PAX headers (POSIX.1-2017) that change neither name nor content of a member. */
const HARMLESS = /^(?:[acm]time|[ug]id|[ug]name|comment|LIBARCHIVE\.creationtime|SCHILY\.(?:dev|ino|nlink))$/;

/** What a PAX header says about the member after it. */
export interface PaxRecords {
  readonly path: string | undefined;
  readonly linkPath: string | undefined;
  readonly size: number | undefined;
  /** A keyword that is not understood, or what is wrong with the records. */
  readonly unknown: string | undefined;
}

/** Reads records of the form "LENGTH KEYWORD=VALUE\n", where the length is that of the whole record. */
export function readPax(bytes: Uint8Array): PaxRecords {
  const decoder = new TextDecoder();
  const values = new Map<string, string>();
  let unknown: string | undefined;
  let at = 0;
  while (at < bytes.length) {
    const [whole = "", digits] = /^(\d{1,9}) /.exec(decoder.decode(bytes.subarray(at, at + 10))) ?? [];
    const end = at + Number(digits);
    if (digits === undefined || end > bytes.length || end <= at + whole.length || bytes[end - 1] !== 0x0a)
      return { ...readValues(values), unknown: "records that are not whole" };
    const record = decoder.decode(bytes.subarray(at + whole.length, end - 1));
    const equals = record.indexOf("=");
    const keyword = record.slice(0, Math.max(0, equals));
    if (values.has(keyword)) unknown = `${keyword} twice`;
    else if (!HARMLESS.test(keyword) && !["path", "linkpath", "size"].includes(keyword)) unknown = keyword || "a record without a keyword";
    values.set(keyword, record.slice(equals + 1));
    at = end;
  }
  return { ...readValues(values), unknown: unknown ?? (isSize(values.get("size")) ? undefined : "a size that is not a number") };
}

function readValues(values: ReadonlyMap<string, string>): Omit<PaxRecords, "unknown"> {
  const size = values.get("size");
  return {
    path: values.get("path"),
    linkPath: values.get("linkpath"),
    size: size !== undefined && isSize(size) ? Number(size) : undefined,
  };
}

function isSize(value: string | undefined): boolean {
  return value === undefined || /^\d{1,15}$/.test(value);
}
