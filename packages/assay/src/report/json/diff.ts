import type { Diff } from "../../api/results.ts";
import type { DiffDocument, SidePart } from "./documents.ts";
import { head } from "./head.ts";
import { differencePart, notCoveredPart, orNull, sourcePart, warningParts } from "./parts.ts";

/** The document of a comparison: schemas/diff.v1.json. */
export function diffDocument(diff: Diff): DiffDocument {
  return {
    ...head("diff"),
    // What was left out, or hashed in another way on each side, is not known to differ either.
    exitCode: diff.same ? 0 : diff.differences.length > 0 ? 1 : 3,
    a: sidePart(diff.a),
    b: sidePart(diff.b),
    same: diff.same,
    attested: orNull(diff.attested, ({ hosts, names }) => ({ hosts, names })),
    differences: diff.differences.map(differencePart),
    notComparable: diff.notComparable,
    notes: diff.notes,
    warnings: warningParts(diff.warnings),
  };
}

function sidePart({ kind, path, source, notCovered }: Diff["a"]): SidePart {
  return { kind, path, source: sourcePart(source), notCovered: notCovered.map(notCoveredPart) };
}
