/** The parts of a package URL that say which package is meant: what an advisory and a model are compared by. */
export interface Purl {
  /** In lower case: `huggingface`. */
  readonly type: string;
  /** Case-sensitive, as the name is. */
  readonly namespace: string | undefined;
  readonly name: string;
  readonly version: string | undefined;
  /** The server; undefined for the type's own. */
  readonly repositoryUrl: string | undefined;
}

/** The servers that a type means when none is named, as they may be written. */
const DEFAULT_REPOSITORIES: ReadonlyMap<string, RegExp> = new Map([["huggingface", /^(?:https:\/\/)?huggingface\.co\/?$/i]]);
const SHAPE = /^pkg:\/{0,2}([A-Za-z][A-Za-z0-9.+-]*)\/([^?#@]+)(?:@([^?#@]*))?(?:\?([^#]*))?(?:#.*)?$/;

/** Reads a package URL (package-url/purl-spec, "How to parse"); undefined for what is not one. */
export function readPurl(text: string): Purl | undefined {
  const [, type = "", path = "", version, qualifiers = ""] = SHAPE.exec(text) ?? [];
  const given = qualifiers.split("&").find((qualifier) => /^repository_url=/i.test(qualifier));
  const segments = path.split("/").filter((segment) => segment !== "");
  const decoded = decodePercent([...segments, version ?? "", given?.slice("repository_url=".length) ?? ""]);
  const repositoryUrl = decoded?.pop();
  const decodedVersion = decoded?.pop();
  const name = decoded?.pop();
  if (decoded === undefined || name === undefined) return undefined;
  const isDefault = repositoryUrl === "" || DEFAULT_REPOSITORIES.get(type.toLowerCase())?.test(repositoryUrl ?? "") === true;
  return {
    type: type.toLowerCase(),
    namespace: decoded.length === 0 ? undefined : decoded.join("/"),
    name,
    version: decodedVersion === "" ? undefined : decodedVersion,
    repositoryUrl: isDefault ? undefined : repositoryUrl,
  };
}

function decodePercent(parts: readonly string[]): string[] | undefined {
  try {
    return parts.map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/** Whether two package URLs name one package, whatever the version. */
export function isSamePackage(a: Omit<Purl, "version">, b: Omit<Purl, "version">): boolean {
  return a.type === b.type && a.namespace === b.namespace && a.name === b.name && a.repositoryUrl === b.repositoryUrl;
}
