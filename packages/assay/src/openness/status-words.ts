import type { EvaluatedComponent } from "./evaluation.ts";

/** Whether a component counts: it is there under an open license, for a class or beside. */
export function isOpenStatus(status: EvaluatedComponent["status"] | undefined): boolean {
  return status === "included" || status === "optional";
}

const KINDS = { code: "code", data: "data", document: "documents" } as const;

/** A component's state in a few words, for a table: `Apache-2.0`, `MIT, not made for data`, `no license`, `Gemma: not open`. */
export function statusWords({ status, license, typeAppropriate, kind, requiredFor, why }: EvaluatedComponent): string {
  switch (status) {
    case "included":
    case "optional":
      return typeAppropriate === false ? `${license ?? ""}, not recommended for ${KINDS[kind]}` : (license ?? "");
    case "unlicensed":
      return "no license";
    case "invalid":
      return `${license?.trim() ?? ""}: not open`;
    case "missing":
      return why.includes("stands in") ? "not there; the paper stands in" : requiredFor.length === 0 ? "not there (optional)" : "not there";
  }
}
