import type { LoadOutcome } from "../../../src/risk/load-outcome.ts";
import type { ReasonId } from "../../../src/risk/reasons.ts";
import { bytes, littleEndian } from "../../support/scan/bytes.ts";
import type { ScanCase } from "../../support/scan/case.ts";
import { legacyTorch, stateDict, tensor } from "../../support/scan/pickle.ts";
import { safetensors } from "../../support/scan/safetensors.ts";
import { torch } from "../../support/scan/torch.ts";

const MODEL = { "model.safetensors": safetensors({ weight: { shape: [2] } }), "config.json": "{}" };

type Row = readonly [name: string, files: Readonly<Record<string, string | Uint8Array>>, expect: LoadOutcome, ...reasons: ReasonId[]];

const ENTRIES = bytes(entry("blk.0.attn_k.weight"), entry("output.weight"));
const MATRIX = bytes(littleEndian(2, 4), ENTRIES, littleEndian(100, 4), sized("cal.txt"));

function sized(name: string): Uint8Array {
  return bytes(littleEndian(name.length, 4), Buffer.from(name));
}

function entry(name: string): Uint8Array {
  return bytes(sized(name), littleEndian(7, 4), littleEndian(4, 4), new Uint8Array(16));
}

const HOOK = `#!/bin/sh
command -v git-lfs >/dev/null 2>&1 || { printf >&2 "\\n%s\\n\\n" "This repository is configured for Git LFS but 'git-lfs' was not found." "post-merge"; exit 2; }
git lfs post-merge "$@"
`;
const CLONE = `[core]
\trepositoryformatversion = 0
\tfilemode = true
[remote "origin"]
\turl = https://huggingface.co/owner/model
\tfetch = +refs/heads/*:refs/remotes/origin/*
[branch "main"]
\tremote = origin
\tmerge = refs/heads/main
[lfs "https://huggingface.co/owner/model/info/lfs"]
\taccess = basic
[filter "lfs"]
\tclean = git-lfs clean -- %f
\tsmudge = git-lfs smudge -- %f
\tprocess = git-lfs filter-process
\trequired = true
`;

const LEGACY = legacyTorch(stateDict({ weight: tensor() }), [{ key: "0", count: 6, itemBytes: 4 }]);
/** As the tutorial of PyTorch, ImageNet's example and fastai name what they save. */
const PYTORCH_NAMES = {
  "checkpoint.tar": torch(),
  "model_best.pth.tar": torch(),
  "export.pkl": torch(),
  "old.pkl": LEGACY,
  "old.pth.tar": LEGACY,
};

/** What is beside a model: markers, the folder of git, an importance matrix. */
const ROWS: readonly Row[] = [
  ["an importance matrix of llama.cpp", { "imatrix.dat": MATRIX, "model.imatrix": MATRIX }, "data-only"],
  ["an importance matrix without the name of its text", { "imatrix.dat": bytes(littleEndian(2, 4), ENTRIES) }, "data-only"],
  ["an importance matrix that is cut", { "imatrix.dat": MATRIX.subarray(0, 60) }, "invalid", "file/malformed"],
  ["an importance matrix with bytes behind it", { "imatrix.dat": bytes(MATRIX, "x") }, "invalid", "file/malformed"],
  [
    "an importance matrix with more entries than are read",
    { "a.imatrix": bytes(littleEndian(1e6, 4), ENTRIES) },
    "unknown",
    "file/not-understood",
  ],

  ["a marker of DeepSpeed", { latest: "global_step500" }, "data-only"],
  ["a marker that leads elsewhere", { latest: "../../other" }, "unknown", "file/not-understood"],
  ["a commit that a download notes", { "refs/main": "0123456789abcdef0123456789abcdef01234567" }, "data-only"],
  ["a script in the place of a commit", { "refs/main": "#!/bin/sh\nid\n" }, "unknown", "file/not-understood"],
  ["the note of a missing file", { ".no_exist/0123/adapter_config.json": "" }, "data-only"],
  ["a note of a missing file that is not empty", { ".no_exist/0123/added": "x" }, "unknown", "file/not-understood"],

  [
    "a clone with git-lfs",
    { ".git/config": CLONE, ".git/hooks/post-merge": HOOK, ".git/hooks/pre-push.sample": "#!/bin/sh\n" },
    "data-only",
  ],
  [
    "a clone in which someone works",
    {
      ".git/COMMIT_EDITMSG": "Add the card\n",
      ".git/MERGE_MSG": "Merge branch 'main'\n",
      ".git/SQUASH_MSG": "Squashed\n",
      ".git/MERGE_MODE": "",
      ".git/AUTO_MERGE": `${"0".repeat(40)}\n`,
    },
    "data-only",
  ],
  ["a message of git with bytes that no text has", { ".git/COMMIT_EDITMSG": Uint8Array.of(65, 1, 2, 0) }, "unknown", "text/not-text"],
  ["a message of git in another place", { "notes/COMMIT_EDITMSG": "Add the card\n" }, "unknown", "file/unknown-format"],
  ["a clone with a program for git", { ".git/config": `${CLONE}[core]\n\tfsmonitor = touch x\n` }, "unknown", "program/git"],
  ["a clone with a program on the line of a section", { ".git/config": "[core] sshCommand = id\n" }, "unknown", "program/git"],
  ["a clone with a command as its address", { ".git/config": '[remote "origin"]\n\turl = ext::sh -c id\n' }, "unknown", "program/git"],
  ["a clone with a filter of its own", { ".git/config": '[filter "lfs"]\n\tsmudge = git-lfs smudge; id\n' }, "unknown", "program/git"],
  ["a clone with other settings in a line that goes on", { ".git/config": "[user]\n\tname = a\\\nb\n" }, "unknown", "program/git"],
  ["a clone with a hook", { ".git/hooks/post-checkout": "#!/bin/sh\nid\n" }, "unknown", "program/git"],
  ["a clone with a hook that does more than git-lfs", { ".git/hooks/post-merge": `${HOOK}id\n` }, "unknown", "program/git"],
  ["a clone with very long settings", { ".git/config": "#\n".repeat(600_000) }, "unknown", "program/git"],

  ["weights of PyTorch under names that people give them", PYTORCH_NAMES, "data-only"],
  ["documents in capitals", { MODEL_CARD: "# Model\n", ALIASES: "a\n", "THIRD-PARTY-NOTICES": "b\n" }, "data-only"],
];

/** Files beside a model that no loader of models reads, or only one other program. */
export const BESIDE_CASES: readonly ScanCase[] = ROWS.map(([name, files, expect, ...reasons]) => ({
  name: `${name} is ${expect}`,
  kind: expect === "data-only" ? "benign" : expect === "invalid" ? "corrupt" : "dangerous",
  files: { ...MODEL, ...files },
  expect,
  reasons,
}));
