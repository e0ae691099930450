import { programRunner, type CommandLimits, type ProcessEnvironment, type RunCommand } from "../../programs/run-command.ts";

/** What the programs of the CI systems read: which job this is, and how to reach its agent. */
const CI_VARIABLES = ["BUILDKITE*", "CIRCLE*", "CI"] as const;

/** Runs the programs of CI systems, in what is theirs of `environment`. They throw LOGIN_FAILED, ABORTED. */
export function commandRunner(environment: ProcessEnvironment, limits: CommandLimits = {}): RunCommand {
  return programRunner(environment, { ...limits, needed: CI_VARIABLES, failure: "LOGIN_FAILED" });
}
