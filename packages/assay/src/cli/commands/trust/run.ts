import { serverAccess } from "../../inputs/model-options.ts";
import type { InstanceQuestion, ServerAccess } from "../../../index.ts";
import { trustDocument } from "../../../report/json/trust.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { instanceWords, namedInstance } from "../../inputs/instance.ts";
import { readInstance } from "./instance.ts";
import { exportReport, initReport, showReport, updateReport } from "./report.ts";
import type { TrustSpec } from "./spec.ts";

/** `assay trust show|update|export|init`. */
export async function run(invocation: Invocation<TrustSpec>, context: CommandContext): Promise<CommandResult> {
  switch (invocation.spec.action) {
    case "update":
      return update(invocation, context);
    case "export":
      return exportRoot(invocation, context);
    case "init":
      return init(invocation, context);
    case "show":
      return show(invocation, context);
  }
}

async function show(invocation: Invocation, context: CommandContext): Promise<CommandResult> {
  const now = new Date();
  const { showTrust } = await import("../../../api/trust.ts");
  const shown = await showTrust(question(invocation, context, now));
  const instance = shown.source.kind === "named" ? undefined : instanceWords(invocation.values);
  return {
    exitCode: 0,
    report: showReport(shown, { now, verbose: isVerbose(invocation), instance }),
    json: trustDocument("show", shown),
    warnings: [],
  };
}

async function update(invocation: Invocation, context: CommandContext): Promise<CommandResult> {
  const now = new Date();
  const { updateTrust } = await import("../../../api/trust.ts");
  const updated = await updateTrust(question(invocation, context, now));
  const json = trustDocument("update", updated);
  return {
    exitCode: json.exitCode,
    report: updateReport(updated, { now, verbose: isVerbose(invocation) }),
    json,
    warnings: [],
  };
}

async function exportRoot(invocation: Invocation, context: CommandContext): Promise<CommandResult> {
  const [file = ""] = invocation.arguments;
  const { values } = invocation;
  const now = new Date();
  const { exportTrust } = await import("../../../api/trust.ts");
  const exported = await exportTrust(file, {
    ...question(invocation, context, now),
    offline: values.flag("offline") === true,
    force: values.flag("force") === true,
  });
  return {
    exitCode: 0,
    report: exportReport(exported, { file, now, verbose: isVerbose(invocation) }),
    json: trustDocument("export", exported),
    warnings: [],
  };
}

async function init(invocation: Invocation, context: CommandContext): Promise<CommandResult> {
  const [file = ""] = invocation.arguments;
  const { initTrust } = await import("../../../api/trust.ts");
  const instance = await readInstance(invocation.values, context.cwd);
  const force = invocation.values.flag("force") === true;
  const initialized = await initTrust(file, instance, { cwd: context.cwd, signal: context.signal, force });
  return {
    exitCode: 0,
    report: initReport(initialized, { file, verbose: isVerbose(invocation) }),
    json: trustDocument("init", initialized),
    warnings: [],
  };
}

function question(invocation: Invocation, context: CommandContext, now: Date): InstanceQuestion & ServerAccess {
  return { ...namedInstance(invocation.values), ...serverAccess(context), now, cwd: context.cwd };
}

function isVerbose({ values }: Invocation): boolean {
  return values.flag("verbose") === true;
}
