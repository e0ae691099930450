import { hasExtension } from "../../../formats/format.ts";
import type { YamlEvent } from "../../../formats/yaml/walk-yaml.ts";
import { ARCHITECTURE_MODULE, IMPORTED_NAMES } from "../../../risk/allowed/configuration-names.ts";
import { isTarget, isTrustKey, mayInstantiate, namesClass } from "../configuration/class-keys.ts";
import { isEncodedPickle } from "../configuration/encoded-pickle.ts";
import { isExpression, isOutside } from "../configuration/names-code.ts";
import type { ExamineInput, Examiner } from "../examiner.ts";
import { reportTemplate } from "../template/report-template.ts";
import { hasControls } from "../text-bytes.ts";
import { isPackageList } from "../text-names.ts";

const MAX_YAML_BYTES = 8 * 1024 * 1024;
/** Tags of YAML 1.1 and 1.2 themselves. */
const OWN = /^!(?:!(?:str|int|float|bool|null|map|seq|binary|timestamp|set|omap|pairs|merge|value))?$/;
/** Where pyannote.audio imports what `pipeline: {name: ...}` names. */
const HAS_PIPELINE = /\bpipeline["']?\s*:/;
/** Layers of YOLO, whose names and arguments YOLOv5 evaluates. */
const HAS_LAYERS = /\bbackbone\b/;
const CALL = /[\w\])]\s*\(/;
/** An activation, with numbers and words. */
const ACTIVATION = /^(?:torch\.)?nn\.[A-Z]\w*\([\w\s.,=+-]*\)$/;
const PYANNOTE =
  /^pyannote\.audio\.pipelines\.(?:(?:speaker_diarization\.)?SpeakerDiarization|(?:speaker_verification\.)?SpeakerVerification|(?:voice_activity_detection\.)?(?:VoiceActivityDetection|OracleVoiceActivityDetection)|(?:overlapped_speech_detection\.)?OverlappedSpeechDetection|(?:resegmentation\.)?Resegmentation|(?:multilabel\.)?MultiLabelSegmentation)$/;
/** Python's reader of YAML ends lines at these, too. */
const LINE_ENDS = /\r(?!\n)|[\u0085\u2028\u2029]/g;
const PYTHON_TAG = /(?:!|yaml\.org,2002:)python\//;
const CUSTOM_IMPORTS = /^[ \t{"'?-]*custom_imports["']?\s*:/m;
const MAX_TEMPLATES = 64;

/** Configuration in YAML: data, where no tag and no key makes objects of it. */
export const YAML_EXAMINER: Examiner = {
  format: "YAML",
  isNamed: (name) => hasExtension("yaml", "yml")(name) || /(?:^|\/)mlmodel$/.test(name),
  begins: () => false,
  isDistinctive: false,
  async examine(input) {
    const { file, name, report } = input;
    if (isPackageList(name)) report("text/packages", "lists packages to install");
    if (file.size > MAX_YAML_BYTES) return report("config/too-large", `has ${file.size} bytes, and ${MAX_YAML_BYTES} are read`);
    const bytes = await file.read(0, MAX_YAML_BYTES);
    if (hasControls(bytes)) return report("text/not-text", "has bytes that no text has");
    const { walkYaml } = await import("../../../formats/yaml/walk-yaml.ts");
    const templates: string[] = [];
    const pipelines: { readonly value: string; readonly offset: number }[] = [];
    const text = new TextDecoder().decode(bytes).replaceAll(LINE_ENDS, "\n");
    const hasEscapes = hasEscapedKey(text);
    const hasLayers = hasEscapes || HAS_LAYERS.test(text);
    let hasTag = false;
    walkYaml(text, (event) => {
      reportEvent(event, input, hasLayers);
      if (event.kind === "pair" && event.key === "ckpt_path" && event.value !== undefined && isElsewhere(event.value, input))
        report("config/outside-path", `loads a checkpoint from outside the model: ${event.value}`, { offset: event.offset });
      hasTag ||= event.kind === "tag";
      if (event.kind !== "pair" || event.value === undefined) return;
      if (/template/i.test(event.key) && /\{[{%]/.test(event.value)) templates.push(event.value);
      if (event.key === "name" && namesClass(event.value)) pipelines.push({ value: event.value, offset: event.offset });
    });
    // Where readers may part a text in other places, a tag is looked for in all of it.
    if (!hasTag && PYTHON_TAG.test(text)) report("config/yaml-unknown-tag", "has the tag of a Python object in a text or comment");
    if (CUSTOM_IMPORTS.test(text)) report("config/imported-name", "has custom_imports, which mmengine imports", { name: "custom_imports" });
    for (const template of templates.slice(0, MAX_TEMPLATES)) await reportTemplate(template, "a template", input);
    if (templates.length > MAX_TEMPLATES) report("config/too-large", `has more than ${MAX_TEMPLATES} templates`);
    if (hasEscapes || HAS_PIPELINE.test(text))
      for (const { value, offset } of pipelines)
        if (!PYANNOTE.test(value))
          report("config/imported-name", `names the pipeline ${value}, which is not in the list`, { offset, name: value });
  },
};

/** Whether a key in quotation marks is spelled with escapes, and may be any. In one pass: an expression that tries again takes hours. */
function hasEscapedKey(text: string): boolean {
  const parts = text.split('"');
  return parts.some((part, at) => at > 0 && /\\[xuU]/.test(part) && /^\s*:/.test(parts[at + 1] ?? ""));
}

/** Whether a checkpoint, which is unpickled, is not a file that was examined with this one. */
function isElsewhere(path: string, { hasFile }: ExamineInput): boolean {
  return isOutside(path) || (/\.(?:ckpt|pth?|bin)$/i.test(path) && !hasFile(path));
}

function reportEvent(event: YamlEvent, { report }: ExamineInput, hasLayers: boolean): void {
  const { offset } = event;
  if (event.kind === "directive") {
    if (event.text.startsWith("%TAG")) report("config/yaml-unknown-tag", `gives tags other names: ${event.text}`, { offset });
  } else if (event.kind === "tag") {
    if (/python/i.test(event.tag))
      report("config/yaml-tag", `has the tag ${event.tag}, which makes a Python object`, { offset, name: event.tag });
    else if (!OWN.test(event.tag)) report("config/yaml-unknown-tag", `has the tag ${event.tag}, which is not YAML's own`, { offset });
  } else {
    const value = event.kind === "text" ? event.text : event.value;
    if (value !== undefined) reportText(value, offset, hasLayers, report);
    if (event.kind === "pair") reportPair(event.key, event.value, offset, report);
  }
}

function reportText(text: string, offset: number, hasLayers: boolean, report: ExamineInput["report"]): void {
  if (isExpression(text) || (hasLayers && CALL.test(text) && !ACTIVATION.test(text)))
    report("config/expression", `has a text that is Python code: ${text.slice(0, 80)}`, { offset });
  if (isEncodedPickle(text)) report("config/encoded-pickle", "has a pickle in base 64", { offset });
}

function reportPair(key: string, value: string | undefined, offset: number, report: ExamineInput["report"]): void {
  if (isTrustKey(key) && value !== undefined && !/^(?:false|no|off|null|~|0|)$/i.test(value))
    report("config/trust-remote-code", "asks for trust_remote_code, which runs code of a repository", { offset });
  if (value !== undefined && mayInstantiate(key, value))
    report("config/imported-name", `instantiates ${value}, which is not in the list`, { offset, name: value });
  if (value !== undefined && key === "include_package")
    report("config/imported-name", `has a library import ${value}, which is not in the list`, { offset, name: value });
  if (!(isTarget(key) || key === "auto_map") || (value !== undefined && (IMPORTED_NAMES.has(value) || ARCHITECTURE_MODULE.test(value))))
    return;
  report("config/imported-name", `instantiates ${value ?? "what an alias names"}, which is not in the list`, { offset, name: value });
}
