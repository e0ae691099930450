import { resolve } from "node:path";
import { AssayError } from "../../../core/error.ts";
import { openTarget, type OutputTarget } from "../../../files/output-target.ts";
import { writeAtomically } from "../../../files/write-atomically.ts";
import { type FoundTrust, findTrust, type TrustQuestion } from "../../../roots/find.ts";
import { changesBetween, membersOf, type TrustMember } from "../../../roots/members.ts";
import { parseTrust, withSigningConfig } from "../../../roots/named.ts";
import type { TrustSource } from "../../../trust/sigstore/trust-source.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { namedInstance } from "../../inputs/instance-question.ts";
import { trustJson, type WrittenTrust } from "../../../report/trust-document.ts";
import { exportReport, initReport, showReport, updateReport } from "./report.ts";
import { readInstance } from "../../inputs/trust-instance.ts";
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

/** Asks nobody: it shows what there is. */
async function show(invocation: Invocation, context: CommandContext): Promise<CommandResult> {
  const now = new Date();
  const asked = question(invocation, context, now);
  const { material } = await findTrust({ ...asked, offline: true });
  const members = await membersOf(material.root);
  return {
    exitCode: 0,
    report: showReport(material.source, members, { now, verbose: isVerbose(invocation), instance: optionsOf(asked, material.source.kind) }),
    json: trustJson("show", 0, { source: material.source, members }),
    warnings: [],
  };
}

/** Asks whatever the age of what there is. */
async function update(invocation: Invocation, context: CommandContext): Promise<CommandResult> {
  const now = new Date();
  const asked = question(invocation, context, now);
  const before = await findTrust({ ...asked, offline: true }).catch(noneYet);
  const { material, notKept } = await findTrust({ ...asked, maxAge: 0, http: await openHttp(context) });
  const members = await membersOf(material.root);
  const changes = before === undefined ? [] : changesBetween(await membersOf(before.material.root), members);
  const exitCode = material.source.kind === "refreshed" ? 0 : 3;
  return {
    exitCode,
    report: updateReport(material.source, changes, { isFirst: before === undefined, notKept, now, verbose: isVerbose(invocation) }),
    json: trustJson("update", exitCode, { source: material.source, members, changes }),
    warnings: [],
  };
}

async function exportRoot(invocation: Invocation, context: CommandContext): Promise<CommandResult> {
  const [file = ""] = invocation.arguments;
  const now = new Date();
  const target = newFile(file, invocation, context);
  const offline = invocation.values.flag("offline") === true;
  const http = offline ? undefined : await openHttp(context);
  const asked = question(invocation, context, now);
  const found = await findTrust({ ...asked, offline, http, maxAge: 0 });
  const { source } = found.material;
  if (!offline && !source.isCurrent) throw notFresh(source);
  // Of a repository of one's own: with it a person can sign. The public instances' file is for verifying elsewhere.
  const bytes = asked.repository === undefined ? found.trustedRoot : withSigningConfig(found);
  const { members, written } = await write(target, bytes, context);
  return {
    exitCode: 0,
    report: exportReport(source, written, { file, now, verbose: isVerbose(invocation) }),
    json: trustJson("export", 0, { source, members, written }),
    warnings: [],
  };
}

/** What is at hand may be as old as the last refresh: it is written only where a person asks for that. */
function notFresh({ name, date, problem }: TrustSource): AssayError {
  const old = date === undefined ? "" : `; the one at hand is of ${date.toISOString()}`;
  return new AssayError(
    "TRUST_UNAVAILABLE",
    `the trusted root of ${name} could not be refreshed: ${problem ?? "no server was asked"}${old}`,
    {
      remedy: "export-older-root",
    },
  );
}

async function init(invocation: Invocation, context: CommandContext): Promise<CommandResult> {
  const [file = ""] = invocation.arguments;
  const target = newFile(file, invocation, context);
  const { describeInstance } = await import("../../../roots/private-instance.ts");
  const bytes = await describeInstance(await readInstance(invocation, context), new Date());
  const { members, written } = await write(target, bytes, context);
  return {
    exitCode: 0,
    report: initReport(members, written, { file, verbose: isVerbose(invocation) }),
    json: trustJson("init", 0, { members, written }),
    warnings: [],
  };
}

function question(invocation: Invocation, { cwd, environment }: CommandContext, now: Date): TrustQuestion {
  return { ...namedInstance(invocation), environment, now, cwd };
}

async function openHttp({ signal, environment }: CommandContext): Promise<NonNullable<TrustQuestion["http"]>> {
  const { httpClient } = await import("../../../network/http.ts");
  return httpClient({ signal, environment });
}

/** The options that name the same instance again. */
function optionsOf({ repository, staging }: TrustQuestion, kind: "shipped" | "cached" | "refreshed" | "named"): string[] | undefined {
  if (kind === "named") return undefined;
  if (repository !== undefined) return ["--tuf-url", repository.url, "--tuf-root", repository.root];
  return staging === true ? ["--use-staging"] : [];
}

function noneYet(error: unknown): FoundTrust | undefined {
  if (error instanceof AssayError && error.code === "TRUST_UNAVAILABLE") return undefined;
  throw error;
}

/** Looked at before the work, so that the no comes before it. */
function newFile(file: string, { values }: Invocation, { cwd }: CommandContext): OutputTarget {
  return openTarget(resolve(cwd, file), { what: "trusted root", force: values.flag("force") === true });
}

/** Writes the file, and reads what the disk gives back as whoever uses it will. */
async function write(
  target: OutputTarget,
  bytes: Uint8Array,
  context: CommandContext,
): Promise<{ readonly members: readonly TrustMember[]; readonly written: WrittenTrust }> {
  const { members, canSign } = await writeAtomically(target, bytes, readBack, context.signal);
  return { members, written: { path: target.path, bytes, isReplaced: target.existing !== undefined, canSign } };
}

async function readBack(bytes: Uint8Array): Promise<{ readonly members: readonly TrustMember[]; readonly canSign: boolean }> {
  const { root, signingConfig } = parseTrust(bytes, "file just written");
  if (signingConfig !== undefined) {
    const { readSigningConfig } = await import("../../../signing/sigstore/signing-config.ts");
    readSigningConfig(signingConfig);
  }
  return { members: await membersOf(root), canSign: signingConfig !== undefined };
}

function isVerbose({ values }: Invocation): boolean {
  return values.flag("verbose") === true;
}
