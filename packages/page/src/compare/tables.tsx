import type { VNode } from "preact";
import { compareEvaluations } from "../../../assay/src/catalog/compare.ts";
import { compareManifests } from "../../../assay/src/comparison/compare-manifests.ts";
import { plural } from "../../../assay/src/core/sizes.ts";
import { visibleText } from "../../../assay/src/core/visible-text.ts";
import { CLASS_NAMES, NO_CLASS, progressText, statusWords } from "../../../assay/src/report/openness-words.ts";
import { stateOf } from "../openness/class-progress.tsx";
import { DifferenceTable } from "../verify/differences.tsx";
import { minute } from "../view/times.ts";
import { Compared, type Row, type Shown } from "./compared.tsx";
import type { Side } from "./sides.ts";

type Of<Kind extends Side["kind"]> = Extract<Side, { kind: Kind }>;

/** Evaluations side by side: class, progress, and each component with its license. */
export function OpennessTable({ sides, ...shown }: { readonly sides: readonly Of<"openness">[] } & Shown): VNode {
  const evaluations = sides.map(({ evaluation }) => evaluation);
  const compared = compareEvaluations(evaluations);
  const rows: Row[] = [
    row(
      "Class",
      evaluations.map((one) => (one.class === null ? NO_CLASS : CLASS_NAMES[one.class])),
    ),
    row(
      "Progress",
      evaluations.map((one) => progressText(one.progress)),
    ),
    ...compared.map(({ name, answers, isSame }) => ({
      name,
      isSame,
      cells: answers.map((answer) => {
        const [tone, word] = stateOf(answer);
        return (
          <>
            <span class={`tag ${tone}`}>{word}</span> {answer.status === "missing" ? "" : visibleText(statusWords(answer))}
          </>
        );
      }),
    })),
  ];
  return <Compared names={sides.map(({ name }) => name)} rows={rows} {...shown} />;
}

const EVIDENCE_ROWS: readonly (readonly [string, (evidence: Of<"evidence">["evidence"]) => string])[] = [
  ["Kind", ({ kind }) => kind],
  ["Model", ({ modelName }) => modelName],
  ["Manifest digest", ({ manifestDigest }) => manifestDigest],
  ["Decision", ({ decision }) => decision],
  ["Decided by", ({ decidedBy }) => decidedBy ?? "—"],
  ["Checked at", ({ time }) => minute(time)],
  ["Policy", ({ policy }) => policy.uri],
  ["Policy digest", ({ policy }) => policy.digest],
  ["Files of the policy", ({ policy }) => policy.files.join(" ") || "—"],
  ["Verifier", ({ verifierId }) => verifierId],
  ["Resource", ({ resourceUri }) => resourceUri],
];

/** What pieces of evidence say, side by side. Their signatures are not checked here. */
export function EvidenceTable({ sides, ...shown }: { readonly sides: readonly Of<"evidence">[] } & Shown): VNode {
  const all = sides.map(({ evidence }) => evidence);
  const rows = EVIDENCE_ROWS.map(([name, cell]) => row(name, all.map(cell)));
  return <Compared names={sides.map(({ name }) => name)} rows={rows} {...shown} />;
}

/** The files that two signatures list. */
export function SignatureTable({ sides }: { readonly sides: readonly Of<"signature">[] }): VNode | null {
  const [a, b] = sides;
  if (a === undefined || b === undefined) return null;
  const { differences, notComparable, same } = compareManifests(a.manifest, b.manifest);
  return (
    <>
      <h2>
        {same
          ? `Both list the same ${plural(a.manifest.files.size, "file")}.`
          : `${plural(differences.length, "file")} ${differences.length === 1 ? "differs" : "differ"}: the first lists ${a.manifest.files.size}, the second ${b.manifest.files.size}.`}
      </h2>
      {notComparable.length === 0 ? null : (
        <p>{plural(notComparable.length, "file")} cannot be compared: they were hashed in another way.</p>
      )}
      <DifferenceTable differences={differences} names={["first", "second"]} />
    </>
  );
}

function row(name: string, texts: readonly string[]): Row {
  return { name, cells: texts.map(visibleText), isSame: new Set(texts).size <= 1 };
}
