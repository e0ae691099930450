import { AssayError } from "../core/error.ts";
import type { CommandModule, CommandSpec } from "./command.ts";
import { CHECK } from "./commands/check/spec.ts";
import { ADVISORY_NEW } from "./commands/advisory-new/spec.ts";
import { COMPLETION } from "./commands/completion/spec.ts";
import { COMPARE } from "./commands/compare/spec.ts";
import { DEMO } from "./commands/demo/spec.ts";
import { DIFF } from "./commands/diff/spec.ts";
import { DIGEST } from "./commands/digest/spec.ts";
import { HELP } from "./commands/help/spec.ts";
import { INSPECT } from "./commands/inspect/spec.ts";
import { OPENNESS_COMPARE } from "./commands/openness-compare/spec.ts";
import { OPENNESS_IMPORT } from "./commands/openness-import/spec.ts";
import { OPENNESS_LIST } from "./commands/openness-list/spec.ts";
import { OPENNESS_SCHEMA } from "./commands/openness-schema/spec.ts";
import { OPENNESS_SHOW } from "./commands/openness-show/spec.ts";
import { OPENNESS } from "./commands/openness/spec.ts";
import { POLICY_DIFF } from "./commands/policy-diff/spec.ts";
import { POLICY_EXPLAIN } from "./commands/policy-explain/spec.ts";
import { POLICY_INIT } from "./commands/policy-init/spec.ts";
import { POLICY_LINT } from "./commands/policy-lint/spec.ts";
import { POLICY_TEST } from "./commands/policy-test/spec.ts";
import { POLICY_SCHEMA } from "./commands/policy-schema/spec.ts";
import { PIN } from "./commands/pin/spec.ts";
import { SCAN } from "./commands/scan/spec.ts";
import { SIGN } from "./commands/sign/spec.ts";
import { TRUST } from "./commands/trust/spec.ts";
import { VERIFY } from "./commands/verify/spec.ts";
import { VERIFY_EVIDENCE } from "./commands/verify-evidence/spec.ts";

interface Command {
  readonly spec: CommandSpec;
  readonly load: () => Promise<CommandModule>;
}

/** Every command, in the order of docs/commands.md. Its code is loaded when it runs: start-up costs the same, however many there are. */
const COMMANDS: readonly Command[] = [
  ...entry(SIGN, () => import("./commands/sign/run.ts")),
  ...entry(VERIFY, () => import("./commands/verify/run.ts")),
  ...entry([DIGEST], () => import("./commands/digest/run.ts")),
  ...entry([INSPECT], () => import("./commands/inspect/run.ts")),
  ...entry([DIFF], () => import("./commands/diff/run.ts")),
  ...entry([CHECK], () => import("./commands/check/run.ts")),
  ...entry([COMPARE], () => import("./commands/compare/run.ts")),
  ...entry([VERIFY_EVIDENCE], () => import("./commands/verify-evidence/run.ts")),
  ...entry([SCAN], () => import("./commands/scan/run.ts")),
  ...entry(TRUST, () => import("./commands/trust/run.ts")),
  ...entry([OPENNESS], () => import("./commands/openness/run.ts")),
  ...entry([OPENNESS_LIST], () => import("./commands/openness-list/run.ts")),
  ...entry([OPENNESS_SHOW], () => import("./commands/openness-show/run.ts")),
  ...entry([OPENNESS_COMPARE], () => import("./commands/openness-compare/run.ts")),
  ...entry([OPENNESS_IMPORT], () => import("./commands/openness-import/run.ts")),
  ...entry([OPENNESS_SCHEMA], () => import("./commands/openness-schema/run.ts")),
  ...entry([POLICY_INIT], () => import("./commands/policy-init/run.ts")),
  ...entry([POLICY_LINT], () => import("./commands/policy-lint/run.ts")),
  ...entry([POLICY_EXPLAIN], () => import("./commands/policy-explain/run.ts")),
  ...entry([POLICY_TEST], () => import("./commands/policy-test/run.ts")),
  ...entry([POLICY_DIFF], () => import("./commands/policy-diff/run.ts")),
  ...entry([POLICY_SCHEMA], () => import("./commands/policy-schema/run.ts")),
  ...entry([PIN], () => import("./commands/pin/run.ts")),
  ...entry([ADVISORY_NEW], () => import("./commands/advisory-new/run.ts")),
  ...entry([DEMO], () => import("./commands/demo/run.ts")),
  ...entry([COMPLETION], () => import("./commands/completion/run.ts")),
  ...entry([HELP], () => import("./commands/help/run.ts")),
];

export const SPECS: readonly CommandSpec[] = COMMANDS.map(({ spec }) => spec);

/** The code of a command. Throws INTERNAL for a spec that is not one of `SPECS`. */
export async function loadCommand(spec: CommandSpec): Promise<CommandModule> {
  const command = COMMANDS.find((listed) => listed.spec === spec);
  if (command === undefined) throw new AssayError("INTERNAL", `the registry lacks the command ${spec.words.join(" ")}`);
  return command.load();
}

/** `specs`: those that one module runs. */
function entry<Spec extends CommandSpec>(specs: readonly Spec[], load: () => Promise<CommandModule<Spec>>): Command[] {
  return specs.map((spec) => ({ spec, load }));
}
