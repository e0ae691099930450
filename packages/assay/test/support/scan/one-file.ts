import type { LoadOutcome } from "../../../src/risk/load-outcome.ts";
import type { ReasonId } from "../../../src/risk/reasons.ts";
import type { ScanCase } from "./case.ts";

/** Makes cases of one file; `subject` begins a sentence: `a pickle that calls os.system`. */
function oneFile(kind: ScanCase["kind"], expect: LoadOutcome, words: string) {
  return (subject: string, content: Uint8Array, reason?: ReasonId, file = "data.pkl"): ScanCase => ({
    name: `${subject} is ${words}`,
    kind,
    files: { [file]: content },
    expect,
    ...(reason === undefined ? {} : { reasons: [reason] }),
  });
}

type MakeCase = ReturnType<typeof oneFile>;

export const benign: MakeCase = oneFile("benign", "data-only", "data only");
export const code: MakeCase = oneFile("dangerous", "code", "code");
export const unknown: MakeCase = oneFile("dangerous", "unknown", "unknown");
export const invalid: MakeCase = oneFile("corrupt", "invalid", "invalid");
export const hostile: MakeCase = oneFile("hostile", "unknown", "unknown");
