import { hasExtension } from "../../../formats/format.ts";
import type { YamlEvent } from "../../../formats/yaml/walk-yaml.ts";
import { ARCHITECTURE_MODULE, IMPORTED_NAMES } from "../../../risk/allowed/configuration-names.ts";
import type { ExamineInput, Examiner } from "../examiner.ts";
import { hasControls } from "../text-bytes.ts";
import { isPackageList } from "../text-names.ts";

const MAX_YAML_BYTES = 8 * 1024 * 1024;
/** Tags of YAML 1.1 and 1.2 themselves. */
const OWN = /^!(?:!(?:str|int|float|bool|null|map|seq|binary|timestamp|set|omap|pairs|merge|value))?$/;
const TARGETS = new Set(["_target_", "class_path", "auto_map"]);

/** Configuration in YAML: data, where no tag and no key makes objects of it. */
export const YAML_EXAMINER: Examiner = {
  format: "YAML",
  isNamed: hasExtension("yaml", "yml"),
  begins: () => false,
  isDistinctive: false,
  async examine(input) {
    const { file, name, report } = input;
    if (isPackageList(name)) report("text/packages", "lists packages to install");
    if (file.size > MAX_YAML_BYTES) return report("config/too-large", `has ${file.size} bytes, and ${MAX_YAML_BYTES} are read`);
    const bytes = await file.read(0, MAX_YAML_BYTES);
    if (hasControls(bytes)) return report("text/not-text", "has bytes that no text has");
    const { walkYaml } = await import("../../../formats/yaml/walk-yaml.ts");
    walkYaml(new TextDecoder().decode(bytes), (event) => reportEvent(event, input));
  },
};

function reportEvent(event: YamlEvent, { report }: ExamineInput): void {
  const { offset } = event;
  if (event.kind === "directive") {
    if (event.text.startsWith("%TAG")) report("config/yaml-unknown-tag", `gives tags other names: ${event.text}`, { offset });
  } else if (event.kind === "tag") {
    if (/python/i.test(event.tag))
      report("config/yaml-tag", `has the tag ${event.tag}, which makes a Python object`, { offset, name: event.tag });
    else if (!OWN.test(event.tag)) report("config/yaml-unknown-tag", `has the tag ${event.tag}, which is not YAML's own`, { offset });
  } else reportPair(event.key, event.value, offset, report);
}

function reportPair(key: string, value: string | undefined, offset: number, report: ExamineInput["report"]): void {
  if (key === "trust_remote_code" && value !== undefined && !/^(?:false|no|off|null|~|0|)$/i.test(value))
    report("config/trust-remote-code", "asks for trust_remote_code, which runs code of a repository", { offset });
  if (!TARGETS.has(key) || (value !== undefined && (IMPORTED_NAMES.has(value) || ARCHITECTURE_MODULE.test(value)))) return;
  report("config/imported-name", `instantiates ${value ?? "what an alias names"}, which is not in the list`, { offset, name: value });
}
