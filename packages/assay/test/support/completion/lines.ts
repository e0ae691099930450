// Command lines whose last word is completed, and what every shell must offer for it; other words may be offered too.
import { OPTION_TABLE } from "../../../src/cli/command-line/options.ts";
import { COMMON_OPTIONS } from "../../../src/cli/command-line/spec-parts.ts";
import { SPECS } from "../../../src/cli/registry.ts";

export interface CompletedLine {
  /** All words but the last are whole. */
  readonly words: readonly string[];
  readonly offered: readonly string[];
  readonly notOffered?: readonly string[];
}

/** The names of the folder in which the lines are completed. */
export const FILES = ["granite-a.bin", "granite-b.bin"] as const;
export const FOLDER = "granite-c";

const firstWords = [...new Set(SPECS.map(({ words: [first = ""] }) => first))];

export const LINES: readonly CompletedLine[] = [
  { words: ["assay", ""], offered: firstWords },
  ...firstWords.flatMap((first) => {
    const seconds = SPECS.flatMap(({ words: [word, second] }) => (word === first && second !== undefined ? [second] : []));
    return seconds.length === 0 ? [] : [{ words: ["assay", first, ""], offered: seconds }];
  }),
  // Every option of every command, by the table that the parser reads.
  ...SPECS.map(({ words, required, options }) => ({
    words: ["assay", ...words, "--"],
    offered: [...required, ...options, ...COMMON_OPTIONS].flatMap((name) =>
      OPTION_TABLE[name].negative === undefined ? [`--${name}`] : [`--${name}`, `--no-${name}`],
    ),
  })),
  // Every value that is one of a few.
  ...SPECS.flatMap(({ words, required, options }) =>
    [...required, ...options].flatMap((name) => {
      const choices = OPTION_TABLE[name].choices;
      return choices === undefined ? [] : [{ words: ["assay", ...words, `--${name}`, ""], offered: choices, notOffered: FILES }];
    }),
  ),
  // Files where an argument is one, and the end of a list of choices.
  ...SPECS.flatMap(({ words, arguments: [argument] }) =>
    argument?.isPath === true || argument?.mayBePath === true
      ? [{ words: ["assay", ...words, "granite-"], offered: [...FILES, FOLDER] }]
      : [],
  ),
  { words: ["assay", "completion", ""], offered: ["bash", "zsh", "fish", "powershell"], notOffered: FILES },
  { words: ["assay", "help", ""], offered: firstWords },
  // The options say what follows, wherever they are.
  { words: ["assay", "verify", "key", "granite-c", "--signature", "x", "--"], offered: ["--public-key"] },
  { words: ["assay", "verify", "granite-c", "--"], offered: ["--identity"], notOffered: ["--public-key"] },
  { words: ["assay", "sign", "pkcs11_key", "--"], offered: ["--pkcs11-uri"] },
  { words: ["assay", "sign", "key", "m", "--private-key", "granite-"], offered: [...FILES, FOLDER] },
  { words: ["assay", "digest", "m", "--cache", "granite-"], offered: [FOLDER], notOffered: FILES },
  { words: ["assay", "sign", "key", "m", "--hash", "b"], offered: ["blake2b", "blake3"], notOffered: ["sha256"] },
  { words: ["assay", "sign", "key", "m", "--password", "granite-"], offered: [], notOffered: FILES },
  { words: ["assay", "--"], offered: COMMON_OPTIONS.map((name) => `--${name}`), notOffered: ["--public-key"] },
];

/** What is wrong with the words that a shell offered for a line. */
export function faults({ words, offered, notOffered = [] }: CompletedLine, found: readonly string[]): string[] {
  const names = new Set(found.map((word) => word.replace(/[/ ]+$/, "")));
  return [
    ...offered.filter((word) => !names.has(word)).map((word) => `${words.join(" ")}: no ${word}`),
    ...notOffered.filter((word) => names.has(word)).map((word) => `${words.join(" ")}: ${word}`),
  ];
}
