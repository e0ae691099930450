import type { Scan } from "../../api/scan.ts";
import { VERSION } from "../../core/version.ts";
import { LOAD_ADVICE } from "../../risk/advice.ts";
import type { FileRisk, GradedFinding } from "../../risk/grade.ts";
import { worstOutcome } from "../../risk/load-outcome.ts";
import type { Reason } from "../../risk/reason.ts";
import { REASONS } from "../../risk/reasons.ts";
import { EXIT_CODE_OF_LOAD } from "../json/scan.ts";
import { directoryUri, relativeUri } from "./file-uri.ts";
import type { SarifLevel, SarifLocation, SarifLog, SarifNotification, SarifResult, SarifRule } from "./log.ts";

const LEVELS: Readonly<Record<Reason["outcome"], SarifLevel>> = { code: "error", invalid: "error", unknown: "warning", note: "note" };
const MODEL_FOLDER = { text: "The folder of the model." } as const;
const IDS: readonly string[] = Object.keys(REASONS);

/**
 * What happens when models are loaded, as SARIF 2.1.0: one rule for each reason, one result for each finding, and a
 * notification for each file that was not read. What the caller allowed is a suppressed result. `redact` leaves out where the
 * models are on this machine.
 */
export function scanSarif(scans: readonly Scan[], { redact = false }: { readonly redact?: boolean } = {}): SarifLog {
  const models = scans.map((scan, at) => ({ ...scan, baseId: scans.length === 1 ? "MODEL" : `MODEL${at + 1}` }));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Assay", version: VERSION, rules: Object.entries(REASONS).map(([id, reason]) => rule(id, reason)) } },
        invocations: [
          {
            executionSuccessful: true,
            exitCode: EXIT_CODE_OF_LOAD[worstOutcome(scans.map(({ risk }) => risk.outcome))],
            toolExecutionNotifications: models.flatMap(({ risk, baseId }) => risk.files.flatMap((file) => notifications(file, baseId))),
          },
        ],
        originalUriBaseIds: Object.fromEntries(
          models.map(({ model, kind, baseId }) => [baseId, redact ? { description: MODEL_FOLDER } : { uri: directoryUri(model, kind) }]),
        ),
        artifacts: models.flatMap(({ risk, baseId }) =>
          risk.files.map(({ file, size }) => ({ location: { uri: relativeUri(file), uriBaseId: baseId }, length: size })),
        ),
        results: models.flatMap(({ risk, baseId }) => [
          ...risk.findings.map((finding) => result("", finding, baseId)),
          ...risk.files.flatMap(({ file, findings }) => findings.map((finding) => result(file, finding, baseId))),
        ]),
        columnKind: "utf16CodeUnits",
      },
    ],
  };
}

function rule(id: string, { outcome, title, meaning, abuse, advice }: Reason): SarifRule {
  return {
    id,
    shortDescription: { text: `${title.charAt(0).toUpperCase()}${title.slice(1)}.` },
    fullDescription: { text: abuse === undefined ? meaning : `${meaning} How it is abused: ${abuse}` },
    help: { text: `What to do: ${LOAD_ADVICE[advice]}.` },
    defaultConfiguration: { level: LEVELS[outcome] },
  };
}

/** `file`: empty for the model as a whole. */
function result(file: string, finding: GradedFinding, baseId: string): SarifResult {
  const { reason, what, outcome, isWaived, member, offset, name } = finding;
  const place = [...(member === undefined ? [] : [member]), ...(offset === undefined ? [] : [`byte ${offset}`])].join(", ");
  return {
    ruleId: reason,
    ruleIndex: IDS.indexOf(reason),
    level: LEVELS[outcome],
    message: { text: `${file === "" ? "The model" : file}${place === "" ? "" : ` (${place})`} ${what}.` },
    locations: [location(file, baseId, finding)],
    ...(isWaived ? { suppressions: [{ kind: "external", justification: `The caller allows ${name ?? ""}.` }] } : {}),
  };
}

function location(file: string, baseId: string, { member, offset }: Pick<GradedFinding, "member" | "offset"> = {}): SarifLocation {
  return {
    physicalLocation: {
      artifactLocation: { uri: relativeUri(file), uriBaseId: baseId },
      // An offset in a member says nothing about the file.
      ...(offset === undefined || member !== undefined ? {} : { region: { byteOffset: offset } }),
    },
    ...(member === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: member, kind: "member" }] }),
  };
}

/** A file that nothing was read of, one that no loader reads, and parts that were left out by design. */
function notifications({ file, format, isLoaded, leftOut }: FileRisk, baseId: string): SarifNotification[] {
  const notification = (level: SarifLevel, what: string): SarifNotification => {
    return { level, message: { text: `${file} ${what}.` }, locations: [location(file, baseId)] };
  };
  return [
    ...(isLoaded && format === undefined ? [notification("warning", "was not read")] : []),
    ...(isLoaded ? [] : [notification("note", "is text or the like, which no loader reads")]),
    ...leftOut.map((what) => notification("note", `was read without ${what}`)),
  ];
}
