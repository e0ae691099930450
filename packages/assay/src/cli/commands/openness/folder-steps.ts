import type { Evaluation, OpennessAssessment } from "../../../index.ts";
import { SHORT_CLASS_NAMES } from "../../../report/openness-words.ts";
import { text, type Block } from "../../text/report.ts";
import { entry } from "./short-report.ts";

/**
 * What is missing for the next class. Entries of mof.yml and other licenses are for a person who publishes the model:
 * they are shown with a mof.yml that was written, and not to one who looks at a model of another person.
 */
export function stepBlocks({ findings, asFound, written }: OpennessAssessment): Block[] {
  const { nextClass, steps } = asFound.evaluation;
  const isPublisher = written !== undefined;
  const needed = steps.filter(({ problem }) => problem !== "not-fit");
  const advised = isPublisher ? steps.filter(({ problem }) => problem === "not-fit") : [];
  const shown = isPublisher ? entryForPublisher : entryForReviewer;
  return [
    ...(nextClass === null || needed.length === 0
      ? []
      : [
          { kind: "blank" } as const,
          { kind: "heading", text: `Missing for ${SHORT_CLASS_NAMES[nextClass]} by what is in the folder` } as const,
          ...lacksText(findings, asFound.evaluation, isPublisher),
          ...needed.map(shown),
        ]),
    ...(advised.length === 0
      ? []
      : [
          { kind: "blank" } as const,
          { kind: "heading", text: "Recommended, and not required for the class" } as const,
          ...advised.map(shown),
        ]),
  ];
}

/** Where no license has its text in the folder, that comes first. */
export function lacksText({ licenseFiles }: OpennessAssessment["findings"], { steps }: Evaluation, isPublisher: boolean): Block[] {
  if (licenseFiles.length > 0 || !steps.some(({ problem }) => problem === "no-license")) return [];
  return [
    text(
      isPublisher
        ? "Put the license's text into the folder, as a file LICENSE: a name alone is a claim. Then:"
        : "No license text is in the folder, and a name alone is a claim.",
    ),
  ];
}

type Step = Evaluation["steps"][number];

function entryForReviewer({ component, problem, text: what }: Step, index: number): Block {
  return entry(`${index + 1}. ${component}`, problem === "not-open" ? "its license is not open" : what);
}

function entryForPublisher({ component, problem, text: what, example }: Step, index: number): Block {
  const reason = problem === "not-open" ? "its license is not open" : what;
  return entry(`${index + 1}. ${component}`, `${reason}. In mof.yml: ${example}`);
}
