import { pin } from "../../../api/pin.ts";
import { AssayError } from "../../../core/error.ts";
import { pinDocument } from "../../../report/json/pin.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { readDecisionOptions } from "../../inputs/decision-options.ts";
import { readModelOptions, readRemoteOptions, serverAccess } from "../../inputs/model-options.ts";
import { adviceText } from "../../text/advice.ts";
import { pinReport } from "./report.ts";

/** Options that are about one model. */
const OF_ONE_MODEL = ["as", "signature"] as const;

/** `assay pin`: all models are recorded, or none. */
export async function run({ values, arguments: models }: Invocation, context: CommandContext): Promise<CommandResult> {
  const ofOne = models.length > 1 ? OF_ONE_MODEL.find((name) => values.text(name) !== undefined) : undefined;
  if (ofOne !== undefined) throw new AssayError("USAGE", `--${ofOne} is about one model, and ${models.length} are given`);
  const pinning = await pin(models, values.text("policy") ?? "", {
    ...readModelOptions(values, context, models[0] ?? ""),
    ...readDecisionOptions(values),
    ...readRemoteOptions(values),
    ...serverAccess(context),
    force: values.flag("force") === true,
    isCompared: values.flag("check") === true,
  });
  const json = pinDocument(pinning, adviceText);
  return { exitCode: json.exitCode, report: pinReport(pinning, models, context.cwd), json, warnings: pinning.warnings };
}
