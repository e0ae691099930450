import type { CommandSpec } from "../../command.ts";
import { COMMON_OPTIONS, MODEL, MODEL_OPTIONS, REMOTE_OPTIONS } from "../../command-line/spec-parts.ts";

export const DIGEST: CommandSpec = {
  words: ["digest"],
  topic: "changes",
  summary: "what is this model's identity, before anyone signs?",
  description:
    "Prints the root digest that a signature of this model would carry, as sha256:HEX. It covers the digests, not the names: with " +
    "--manifest it prints the manifest digest, which covers both and is the one to record for --expect-digest. The signature in the " +
    "model and git files are left out and listed.",
  arguments: [MODEL],
  required: [],
  options: ["manifest", "signature", "hash", "shard-size", ...MODEL_OPTIONS, ...REMOTE_OPTIONS, "digests", ...COMMON_OPTIONS],
  examples: [
    { line: "assay digest ./granite --manifest", does: "sha256:…, to record and pin" },
    { line: "assay digest ./granite --json", does: "every file's digest, and both digests of the model" },
  ],
  refusal: "No digest",
};
