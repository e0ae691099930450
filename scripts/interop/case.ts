import type { KeyKind } from "./keys.ts";

/** One thing to try: every client signs the model, and every client verifies each of the bundles. */
export interface Case {
  readonly group: string;
  readonly name: string;
  readonly method: "key" | "certificate";
  readonly key: KeyKind;
  /** Names and contents; written before signing. */
  readonly files: Readonly<Record<string, string>>;
  /** Link and what it says, relative to the link's folder. */
  readonly links?: Readonly<Record<string, string>>;
  /** The one of the files that is the model, where the folder is not. */
  readonly single?: string;
  readonly signing?: SigningOptions;
  readonly verifying?: VerifyingOptions;
  /** Files that appear after signing. */
  readonly added?: Readonly<Record<string, string>>;
}

interface SigningOptions {
  readonly hash?: "blake2b" | "blake3";
  readonly shardSize?: number;
  /** Relative to the model. */
  readonly ignorePaths?: readonly string[];
  readonly allowSymlinks?: true;
  readonly includeGitPaths?: true;
  readonly encryptedKey?: true;
  /** Leave the chain out of the bundle; the verifier gets the intermediate certificate with the root. */
  readonly leafOnly?: true;
  /** Write the signature into the model. */
  readonly signatureInModel?: true;
}

interface VerifyingOptions {
  readonly ignoreUnsignedFiles?: true;
  readonly allowSymlinks?: true;
  readonly includeGitPaths?: true;
}

const PLAIN = { "config.json": "{}", "model-00001.safetensors": "weights ".repeat(500), "model-00002.safetensors": "more ".repeat(500) };
const P256 = { method: "key", key: "P-256" } as const;

const KINDS: readonly KeyKind[] = ["P-256", "P-384", "P-521", "RSA-2048", "RSA-3072", "Ed25519"];

export const CASES: readonly Case[] = [
  ...KINDS.map((key): Case => ({ group: "Key", name: key, method: "key", key, files: PLAIN })),
  { group: "Key", name: "P-256, private key encrypted", ...P256, files: PLAIN, signing: { encryptedKey: true } },
  ...KINDS.map((key): Case => ({ group: "Certificate", name: key, method: "certificate", key, files: PLAIN })),
  {
    group: "Certificate",
    name: "P-256, bundle without chain",
    method: "certificate",
    key: "P-256",
    files: PLAIN,
    signing: { leafOnly: true },
  },

  option("Digests", "shards of 1000 bytes", { files: PLAIN, signing: { shardSize: 1000 } }),
  option("Digests", "BLAKE2b", { files: PLAIN, signing: { hash: "blake2b" } }),
  option("Digests", "BLAKE3", { files: PLAIN, signing: { hash: "blake3" } }),
  option("Digests", "BLAKE2b, shards of 1000 bytes", { files: PLAIN, signing: { hash: "blake2b", shardSize: 1000 } }),
  option("Digests", "shards, single file", {
    files: { "model.bin": "weights ".repeat(500) },
    single: "model.bin",
    signing: { shardSize: 1000 },
  }),
  option("Digests", "shards, one file empty", { files: { ...PLAIN, empty: "" }, signing: { shardSize: 1000 } }),
  option("Digests", "shards, eleven in a file", { files: { "model.bin": "weights ".repeat(1375) }, signing: { shardSize: 1000 } }),

  option("Files", "single file", { files: { "model.bin": "weights" }, single: "model.bin" }),
  option("Files", "an empty file", { files: { ...PLAIN, empty: "" } }),
  option("Files", "nested folders", { files: { ...PLAIN, "a/b/c/d/e/f/weights.bin": "deep", "a/b/weights.bin": "less deep" } }),
  option("Files", "hidden files and folders", { files: { ...PLAIN, ".config": "c", ".cache/weights.bin": "w" } }),
  option("Files", "signature in the model", { files: PLAIN, signing: { signatureInModel: true } }),
  option("Files", "ignored file and folder", {
    files: { ...PLAIN, "training.log": "log", "runs/1/log": "log" },
    signing: { ignorePaths: ["training.log", "runs"] },
  }),
  option("Files", "git files, left out", { files: { ...PLAIN, ".gitattributes": "*", ".git/HEAD": "ref", ".github/ci.yml": "on:" } }),
  option("Files", "git files, signed", {
    files: { ...PLAIN, ".gitattributes": "*", ".github/ci.yml": "on:" },
    signing: { includeGitPaths: true },
    verifying: { includeGitPaths: true },
  }),
  option("Files", "file added later, tolerated", {
    files: PLAIN,
    added: { "NEW.md": "new" },
    verifying: { ignoreUnsignedFiles: true },
  }),
  option("Files", "link to a file, allowed", {
    files: PLAIN,
    links: { "link.bin": "config.json" },
    signing: { allowSymlinks: true },
    verifying: { allowSymlinks: true },
  }),
  option("Files", "link to a folder, allowed", {
    files: { ...PLAIN, "data/weights.bin": "w" },
    links: { linked: "data" },
    signing: { allowSymlinks: true },
    verifying: { allowSymlinks: true },
  }),

  named("blanks and brackets", "file (copy) [1].bin"),
  named("other scripts", "模型/веса.bin"),
  named("composed and decomposed accents", "café.bin", "cafe\u0301 2.bin"),
  named("a colon", "part:1.bin"),
  named("like a shard", "weights.bin:0:100"),
  named("a backslash", String.raw`a\b.bin`),
  named("a line break", "two\nlines.bin"),
  named("quotes and a dollar sign", `it's "$HOME".bin`),
  named("a wildcard", "*.bin"),
  named("blanks at both ends", " weights.bin "),
  named("sorted otherwise by folder", "a/z.bin", "a.bin", "a-b/c.bin"),
  named("beyond the basic plane", "\u{1f916}.bin", "\uff5e.bin"),
  named("255 bytes long", `${"n".repeat(251)}.bin`),
];

function option(group: string, name: string, rest: Pick<Case, "files"> & Partial<Case>): Case {
  return { group, name, ...P256, ...rest };
}

function named(name: string, ...files: readonly string[]): Case {
  return option("Names", name, { files: { ...PLAIN, ...Object.fromEntries(files.map((file) => [file, `in ${file}`])) } });
}
