import { join } from "node:path";
import { asAssayError, AssayError } from "../../core/error.ts";
import { decodeUtf8 } from "../../encoding/utf8.ts";
import { homeFolder } from "../../files/home-folder.ts";
import { readBounded } from "../../files/read-bounded.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The settings of one profile, of both files. */
export interface AwsProfile {
  readonly name: string;
  readonly settings: ReadonlyMap<string, string>;
}

const MAX_BYTES = 1024 * 1024;

/**
 * Reads the profile that AWS_PROFILE names, else `default`, of the files of AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, else
 * those in ~/.aws. A setting of the file for credentials counts before one of the other.
 *
 * Throws USAGE for a profile that neither file has, and for a file that cannot be read as one of these; FILE_UNREADABLE.
 */
export function readAwsProfile(environment: Environment): AwsProfile {
  const named = environment["AWS_PROFILE"] || environment["AWS_DEFAULT_PROFILE"];
  const name = named || "default";
  const home = homeFolder(environment);
  const usual = (file: string): string | undefined => (home === undefined ? undefined : join(home, ".aws", file));
  const config = readSections(environment["AWS_CONFIG_FILE"] || usual("config"), "AWS configuration");
  const credentials = readSections(environment["AWS_SHARED_CREDENTIALS_FILE"] || usual("credentials"), "AWS credentials");
  // `[profile default]` counts before `[default]`; other profiles have the word always.
  const parts = [name === "default" ? config.get(name) : undefined, config.get(`profile ${name}`), credentials.get(name)];
  if (named && parts.every((part) => part === undefined)) {
    throw new AssayError("USAGE", `the files of AWS have no profile ${JSON.stringify(name)}`, {
      hint: "check AWS_PROFILE, AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE",
    });
  }
  return { name, settings: new Map(parts.flatMap((part) => [...(part ?? [])])) };
}

/** The sections of a file, each with its settings; without sections where the file is missing. */
function readSections(path: string | undefined, what: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  if (path === undefined) return new Map();
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  for (const [index, line] of readText(path, what).split(/\r?\n/).entries()) {
    if (/^\s*(?:[#;].*)?$/.test(line)) continue;
    const [, header] = /^\[([^\]]*)\]\s*(?:[#;].*)?$/.exec(line) ?? [];
    if (header !== undefined) {
      const name = header
        .trim()
        .replace(/\s+/, " ")
        .replace(/^(profile )?"(.*)"$/, "$1$2");
      section = sections.get(name) ?? new Map();
      sections.set(name, section);
      continue;
    }
    // An indented line belongs to a setting with parts, none of which is for reading files.
    if (/^\s/.test(line)) continue;
    const at = line.indexOf("=");
    // What the line holds may be a secret.
    if (at < 1 || section === undefined) throw new AssayError("USAGE", `the ${what} ${path} has no setting in line ${index + 1}`);
    section.set(
      line.slice(0, at).trim().toLowerCase(),
      line
        .slice(at + 1)
        .replace(/\s[#;].*$/, "")
        .trim(),
    );
  }
  return sections;
}

function readText(path: string, what: string): string {
  try {
    return decodeUtf8(readBounded(path, what, MAX_BYTES), "USAGE", `the ${what} ${path}`);
  } catch (thrown) {
    if (asAssayError(thrown).code === "FILE_NOT_FOUND") return "";
    throw thrown;
  }
}
