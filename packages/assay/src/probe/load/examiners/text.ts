import { awaitsText } from "../../../formats/pickle/recognize.ts";
import { walkPickles } from "../../../formats/pickle/walk.ts";
import type { RandomAccess } from "../../../formats/random-access.ts";
import type { ExamineInput, Examiner } from "../examiner.ts";
import { PICKLE_NAMES } from "../../../risk/allowed/pickle-globals.ts";
import { reportPickle } from "../pickle/report.ts";
import { namesClass } from "../configuration/class-keys.ts";
import { reportTemplate } from "../template/report-template.ts";
import { hasControls } from "../text-bytes.ts";
import { isTextName, isPackageList } from "../text-names.ts";

const WINDOW_BYTES = 1024 * 1024;
/** Of a text, in bytes: what follows is not looked at. No loader reads it either way. */
const MAX_TEXT_BYTES = 64 * 1024 * 1024;
const MARKED = /\.(?:md|markdown|html?|svg|rst)$/i;
/** Servers are given chat templates in files of any ending. */
const TEMPLATE = /(?:^|\/)[^/]*chat_?-?template[^/]*$/i;
const MAX_TEMPLATE_BYTES = 4 * 1024 * 1024;
/** Settings of servers and of spaCy: no loader runs them, some read from them that code may run. */
const SETTINGS = /\.(?:cfg|conf|ini|properties|toml)$/i;
const TRUST = /trust[-_]?remote[-_]?code["']?\s*[:=]\s*["']?(?:true|yes|on|1)\b/i;
/** Where GluonTS names the class of a predictor, which it imports. */
const GLUONTS = /(?:^|\/)type\.txt$/i;
/** In Markdown, HTML and SVG. */
const ACTIVE = /<\s*(?:script|iframe|object|embed|foreignObject)\b|\bon(?:error|load|click|mouseover|focus|toggle)\s*=|javascript:/i;

/** Text that no loader reads, or that is read as words: cards, licenses, vocabularies, tables. */
export const TEXT_EXAMINER: Examiner = {
  format: "text",
  mayBeEmpty: true,
  isNamed: isTextName,
  // By content alone, what a text is for cannot be told: a name of the list is needed.
  begins: () => false,
  isDistinctive: false,
  async examine(input) {
    const { file, name, report, setNotLoaded, leaveOut } = input;
    if (!(await isText(file))) return report("text/not-text", "has bytes that no text has");
    await reportLongPickle(input);
    if (TEMPLATE.test(name)) {
      const text = new TextDecoder().decode(await file.read(0, MAX_TEMPLATE_BYTES));
      if (/\{[{%]/.test(text)) await reportTemplate(text, "a template", input);
    }
    setNotLoaded();
    if (file.size > MAX_TEXT_BYTES) leaveOut(`the text after ${MAX_TEXT_BYTES} bytes`);
    if (isPackageList(name)) report("text/packages", "lists packages to install");
    if (MARKED.test(name)) await reportActive(input);
    if (SETTINGS.test(name) || GLUONTS.test(name)) await reportSettings(input);
  },
};

/** A pickle of protocol 0 is text, too: where its first line is longer than what a format is told by, all of it is read. */
async function reportLongPickle({ file, head, report }: ExamineInput): Promise<void> {
  if (!awaitsText(head, file.size)) return;
  const record = await walkPickles(file, 0, { ...PICKLE_NAMES, persistentIds: "none" });
  // A long line of words that begins with the letter of GLOBAL names something, and calls nothing.
  if (!record.globals.some(({ called, isFilled }) => called !== undefined || isFilled)) return;
  report("file/disguised", "is named as text, and is a pickle");
  reportPickle(record, report);
}

async function reportActive({ file, report }: ExamineInput): Promise<void> {
  const text = new TextDecoder().decode(await file.read(0, 4 * WINDOW_BYTES));
  const found = ACTIVE.exec(text.replaceAll(/```[\s\S]*?```/g, ""));
  if (found !== null) report("text/active-content", `has active content: ${found[0].slice(0, 40)}`);
}

async function reportSettings({ file, name, report }: ExamineInput): Promise<void> {
  const text = new TextDecoder().decode(await file.read(0, 4 * WINDOW_BYTES));
  if (SETTINGS.test(name)) {
    if (TRUST.test(text)) report("config/trust-remote-code", "asks for trust_remote_code, which runs code of a repository");
  } else if (namesClass(text.trim())) report("config/imported-name", `has GluonTS import ${text.trim()}`, { name: text.trim() });
}

/** UTF-8 or another encoding of one byte: no control characters but white space and form feed. UTF-16 where it has a mark. */
async function isText(file: RandomAccess): Promise<boolean> {
  const end = Math.min(file.size, MAX_TEXT_BYTES);
  for (let from = 0; from < end; from += WINDOW_BYTES) {
    const window = await file.read(from, WINDOW_BYTES);
    if (from === 0 && isMarkedUtf16(window)) return true;
    if (hasControls(window)) return false;
  }
  return true;
}

function isMarkedUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}
