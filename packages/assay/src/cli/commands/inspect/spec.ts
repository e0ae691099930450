import type { CommandSpec } from "../../command.ts";
import { COMMON_OPTIONS } from "../../command-line/spec-parts.ts";

export const INSPECT: CommandSpec = {
  words: ["inspect"],
  topic: "verify",
  summary: "what does this signature say? (nothing is verified)",
  description: "Shows what a signature claims: who signed, by which method, which files. It proves nothing; `assay verify` does.",
  arguments: [
    { name: "SIGNATURE", help: "a signature file, such as model.sig, or a model on a hub that has one", isPath: true, mayBeRemote: true },
  ],
  required: [],
  options: ["allow-host", ...COMMON_OPTIONS.filter((name) => name !== "progress")],
  examples: [
    { line: "assay inspect model.sig", does: "for a person" },
    { line: "assay inspect model.sig --json", does: "with every file and digest" },
  ],
  refusal: "Not readable",
};
