import type { ExamineInput } from "../examiner.ts";

const ENTRY = /__\w+__|\|\s*attr\b|\bmap\s*\(\s*["']attr\b/;
/** Escapes that Python reads in a text of a template and the parser does not, or that spell an underscore. */
const ESCAPED_UNDERSCORE = /\\(?:x5f|u005f|U0000005f|137|N\{LOW LINE\})/i;
const INCLUDE = /\{%[-+]?\s*(?:import|include|extends|from)\b/;
/** Of a template that could not be parsed, in characters. */
const MAX_SEARCHED = 4 * 1024 * 1024;

/**
 * Examines a chat template and reports what it does beyond turning messages into text. `label` names it, where a file has
 * several. The parser is loaded with the first template.
 */
export async function reportTemplate(text: string, label: string, { report }: Pick<ExamineInput, "report">): Promise<void> {
  const [{ parseTemplate }, { examineTemplate }] = await Promise.all([
    import("../../../formats/jinja/parse.ts"),
    import("./examine-template.ts"),
  ]);
  const reading = parseTemplate(text);
  if (reading.kind === "template") {
    for (const { reason, what, name } of examineTemplate(reading.template)) report(reason, `has ${label} that ${what}`, { name });
    return;
  }
  report(`template/${reading.kind}`, `has ${label} that is not understood: ${reading.why}`);
  // What cannot be parsed may still say what it is after.
  const searched = text.slice(0, MAX_SEARCHED);
  const found = (ENTRY.exec(searched) ?? ESCAPED_UNDERSCORE.exec(searched))?.[0];
  if (found !== undefined && /\{[{%]/.test(searched))
    report("template/hidden-attribute", `has ${label} that reaches for ${found.slice(0, 60)}, and that is not understood in full`);
  if (INCLUDE.test(searched)) report("template/include", `has ${label} that takes in another template`);
}
