import type { TermsSubject } from "../../../openness/folder/findings.ts";
import type { LicenseTemplate } from "./template.ts";

export interface NamedLicense {
  /** As model hubs write it in a card. */
  readonly id: string;
  readonly name: string;
}

/** A title is at the beginning. */
const TITLE_LENGTH = 1_500;

/**
 * The license that a text's title names, for licenses of model makers whose texts SPDX does not list. A title
 * proves little, and no more is needed: none of these is open, so that being taken for one gains nothing.
 *
 * `isVariant`: the name is that of a license of SPDX, changed; which one, its words say.
 */
export function namedByTitle(words: readonly string[]): (NamedLicense & { readonly isVariant: boolean }) | undefined {
  const title = ` ${words.slice(0, TITLE_WORDS).join(" ")} `.slice(0, TITLE_LENGTH);
  const found = TITLES.find(([pattern]) => pattern.test(title));
  return found === undefined ? undefined : { id: found[1], name: found[2], isVariant: found[1].startsWith("modified-") };
}

const TITLE_WORDS = 300;

/**
 * The version that a text says it is of a license, where it is newer than all versions of it that are known; undefined
 * where it says none. `isKnown` tells beginnings of known identifiers. Only what is over the text counts.
 */
export function newerVersion(
  words: readonly string[],
  { ids }: Pick<LicenseTemplate, "ids">,
  isKnown: (id: string) => boolean,
): string | undefined {
  for (const id of ids) {
    const known = /^([A-Za-z][A-Za-z-]*)-(\d+(?:\.\d+)*)/.exec(id);
    if (known === null) continue;
    const [, family = "", version = ""] = known;
    const title = ` ${words.slice(0, MAX_VERSION_WORDS).join(" ")} `;
    const found = new RegExp(
      ` ${family.toLowerCase().replaceAll("-", " ")}(?: (?:license|agreement|public|general|version|v)){0,4} (\\d{1,2}(?: \\d{1,2}){0,2}) `,
    ).exec(title)?.[1];
    if (found === undefined || isKnown(`${family}-${found.replaceAll(" ", ".")}`)) continue;
    if (compareVersions(found.split(" "), version.split(".")) > 0) return found.replaceAll(" ", ".");
  }
  return undefined;
}

const MAX_VERSION_WORDS = 16;

function compareVersions(a: readonly string[], b: readonly string[]): number {
  for (let part = 0; part < Math.max(a.length, b.length); part++) {
    const difference = Number(a[part] ?? 0) - Number(b[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const TITLES: readonly (readonly [RegExp, string, string])[] = [
  [/ llama 4 community license agreement /, "llama4", "Llama 4 Community License"],
  [/ llama 3 3 community license agreement /, "llama3.3", "Llama 3.3 Community License"],
  [/ llama 3 2 community license agreement /, "llama3.2", "Llama 3.2 Community License"],
  [/ llama 3 1 community license agreement /, "llama3.1", "Llama 3.1 Community License"],
  [/ (?:meta )?llama 3 community license agreement /, "llama3", "Llama 3 Community License"],
  [/ llama 2 community license agreement /, "llama2", "Llama 2 Community License"],
  [/ (?:llama license(?: agreement)?|non commercial bespoke license) /, "llama1", "LLaMA license"],
  [/ opt 175b license agreement /, "opt-175b", "OPT-175B License Agreement"],
  [/ gemma terms of use /, "gemma", "Gemma Terms of Use"],
  [/ bigscience (?:bloom )?rail (?:1 0|license) /, "bigscience-bloom-rail-1.0", "BigScience RAIL License"],
  [/ bigscience open ?rail ?m /, "bigscience-openrail-m", "BigScience OpenRAIL-M"],
  [/ bigcode open ?rail ?m /, "bigcode-openrail-m", "BigCode OpenRAIL-M"],
  [/ creativeml open ?rail ?m? /, "creativeml-openrail-m", "CreativeML OpenRAIL-M"],
  [/ open ?rail ?m? license /, "openrail", "OpenRAIL-M"],
  [/ deepseek license agreement /, "deepseek", "DeepSeek License Agreement"],
  [/ tongyi qianwen research license /, "tongyi-qianwen-research", "Tongyi Qianwen Research License"],
  [/ tongyi qianwen license /, "tongyi-qianwen", "Tongyi Qianwen License"],
  [/ qwen research license /, "qwen-research", "Qwen Research License"],
  [/ qwen license agreement /, "qwen", "Qwen License Agreement"],
  [/ mistral ai research license /, "mrl", "Mistral AI Research License"],
  [/ mistral ai non ?production license /, "mnpl", "Mistral AI Non-Production License"],
  [/ falcon 180b tii license /, "falcon-180b-license", "Falcon 180B TII License"],
  [/ falcon 2 11b tii license /, "falcon-2", "Falcon 2 11B TII License"],
  [/ (?:falcon (?:llm|3 tii|tii)|tii falcon(?: llm)?) license /, "falcon-llm-license", "TII Falcon License"],
  [/ nvidia open model license /, "nvidia-open-model-license", "NVIDIA Open Model License"],
  [/ chatglm2 6b license /, "chatglm2-6b", "ChatGLM2-6B License"],
  [/ chatglm3 6b license /, "chatglm3-6b", "ChatGLM3-6B License"],
  [/ chatglm 6b license /, "chatglm-6b", "ChatGLM-6B License"],
  [/ glm 4(?: 9b)?(?: \w{1,12})? license /, "glm-4", "GLM-4 License"],
  [/ cogvlm2? license /, "cogvlm", "CogVLM License"],
  [/ tencent hunyuan (?:\w{1,12} ){0,3}license agreement /, "tencent-hunyuan-community", "Tencent Hunyuan Community License Agreement"],
  [/ minimax model license /, "minimax-model-license", "MiniMax Model License"],
  [/ kolors (?:model )?license | 模型许可协议 模型发布日期 /, "kolors", "Kolors Model License"],
  [/ modified mit license /, "modified-mit", "Modified MIT License"],
  [/ databricks open model license /, "databricks-open-model-license", "Databricks Open Model License"],
  [
    / stability ai non ?commercial research community license /,
    "stabilityai-nc-research-community",
    "Stability AI Non-Commercial Research Community License",
  ],
  [/ stability ai community license /, "stabilityai-ai-community", "Stability AI Community License"],
  [/ apple machine learning research model /, "apple-amlr", "Apple Machine Learning Research Model License"],
  [
    / apple (?:sample|example) code license | this apple software is supplied to you by apple inc /,
    "apple-ascl",
    "Apple Sample Code License",
  ],
  [
    / (?:cohere|c4ai) (?:\w{1,12} ){0,4}(?:acceptable use|cc by nc) | acceptable use (?:policy|addendum) (?:of |by |from )?(?:cohere|c4ai) /,
    "cohere",
    "CC BY-NC 4.0 with the Acceptable Use Policy of Cohere",
  ],
  [/ yi (?:series models )?(?:community )?license agreement /, "yi-license", "Yi License Agreement"],
  [/ baai aquila model license agreement /, "baai-aquila-model-license", "BAAI Aquila Model License Agreement"],
  [
    / community license for baichuan ?2 model | baichuan ?2 (?:model )?community license | baichuan 2 模型社区许可协议 /,
    "baichuan2",
    "Community License for Baichuan2 Model",
  ],
  [/ exaone ai model license agreement /, "exaone", "EXAONE AI Model License Agreement - NC"],
  [/ fair noncommercial research license /, "fair-noncommercial-research-license", "FAIR Noncommercial Research License"],
  [/ deepfloyd if (?:research )?license agreement /, "deepfloyd-if-license", "DeepFloyd IF License Agreement"],
  [/ arxiv org (?:perpetual )?non ?exclusive license /, "arxiv-non-excluse-1.0", "arXiv.org perpetual, non-exclusive license 1.0"],
];

/** What these are for that are not for a model's parameters. */
const OTHER_SUBJECTS: ReadonlyMap<string, readonly TermsSubject[] | undefined> = new Map([
  ["apple-ascl", undefined],
  ["arxiv-non-excluse-1.0", ["document"]],
]);

/** What a license of this identifier is for, by its name; undefined where it may be everything. */
export function subjectOfNamed(id: string): readonly TermsSubject[] | undefined {
  return OTHER_SUBJECTS.has(id) ? OTHER_SUBJECTS.get(id) : ["parameters"];
}

/** Every license that a title can name. */
export const NAMED_LICENSES: readonly NamedLicense[] = TITLES.map(([, id, name]) => ({ id, name }));
