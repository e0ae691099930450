import { initPolicy, SECTORS } from "../../../api/init-policy.ts";
import { AssayError } from "../../../core/error.ts";
import { head } from "../../../report/json/head.ts";
import type { PolicyInitDocument } from "../../../report/json/documents.ts";
import type { CommandResult, Invocation } from "../../command.ts";
import { splitList } from "../../command-line/values.ts";

/** `assay policy init`: prints the policy. */
export async function run({ values }: Invocation): Promise<CommandResult> {
  const sector = SECTORS.find((known) => known === values.text("sector"));
  if (sector === undefined) throw new AssayError("USAGE", `--sector is one of ${SECTORS.join(", ")}`);
  const { publishers, suggested, text } = initPolicy(sector, values.texts("publisher").flatMap(splitList));
  const json: PolicyInitDocument = { ...head("policy-init"), exitCode: 0, sector, publishers, suggested, policy: text };
  return { exitCode: 0, report: [{ kind: "finished", text }], json, warnings: [] };
}
