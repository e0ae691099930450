export interface NamedLicense {
  /** As model hubs write it in a card. */
  readonly id: string;
  readonly name: string;
}

/** A title stands at the beginning. */
const TITLE_LENGTH = 1_500;

/**
 * The license that a text's title names, for licenses of model makers whose texts SPDX does not list. A title
 * proves little, and no more is needed: none of these is open, so that being taken for one gains nothing.
 *
 * `joined` is the text's normalized words with one blank between them.
 */
export function namedByTitle(joined: string): NamedLicense | undefined {
  const title = joined.slice(0, TITLE_LENGTH);
  const found = TITLES.find(([pattern]) => pattern.test(title));
  return found === undefined ? undefined : { id: found[1], name: found[2] };
}

const TITLES: readonly (readonly [RegExp, string, string])[] = [
  [/ llama 4 community license agreement /, "llama4", "Llama 4 Community License"],
  [/ llama 3 3 community license agreement /, "llama3.3", "Llama 3.3 Community License"],
  [/ llama 3 2 community license agreement /, "llama3.2", "Llama 3.2 Community License"],
  [/ llama 3 1 community license agreement /, "llama3.1", "Llama 3.1 Community License"],
  [/ (?:meta )?llama 3 community license agreement /, "llama3", "Llama 3 Community License"],
  [/ llama 2 community license agreement /, "llama2", "Llama 2 Community License"],
  [/ gemma terms of use /, "gemma", "Gemma Terms of Use"],
  [/ bigscience rail license /, "bigscience-bloom-rail-1.0", "BigScience RAIL License"],
  [/ bigscience openrailm /, "bigscience-openrail-m", "BigScience OpenRAIL-M"],
  [/ bigcode openrailm /, "bigcode-openrail-m", "BigCode OpenRAIL-M"],
  [/ creativeml open rail ?\+{0,2} ?m | creativeml openrailm? /, "creativeml-openrail-m", "CreativeML OpenRAIL-M"],
  [/ open rail ?m license | openrailm? license /, "openrail", "OpenRAIL-M"],
  [/ deepseek license agreement /, "deepseek", "DeepSeek License Agreement"],
  [/ tongyi qianwen research license /, "tongyi-qianwen-research", "Tongyi Qianwen Research License"],
  [/ tongyi qianwen license /, "tongyi-qianwen", "Tongyi Qianwen License"],
  [/ qwen research license /, "qwen-research", "Qwen Research License"],
  [/ qwen license agreement /, "qwen", "Qwen License Agreement"],
  [/ mistral ai research license /, "mrl", "Mistral AI Research License"],
  [/ mistral ai nonproduction license /, "mnpl", "Mistral AI Non-Production License"],
  [/ falcon 180b tii license /, "falcon-180b-license", "Falcon 180B TII License"],
  [/ falcon 2 11b tii license /, "falcon-2", "Falcon 2 11B TII License"],
  [/ falcon (?:llm|3 tii|tii) license /, "falcon-llm-license", "TII Falcon License"],
  [/ nvidia open model license /, "nvidia-open-model-license", "NVIDIA Open Model License"],
  [/ databricks open model license /, "databricks-open-model-license", "Databricks Open Model License"],
  [/ stability ai community license /, "stabilityai-ai-community", "Stability AI Community License"],
  [/ apple machine learning research model /, "apple-amlr", "Apple Machine Learning Research Model License"],
  [/ yi (?:series models )?(?:community )?license agreement /, "yi-license", "Yi License Agreement"],
];

/** Every license that a title can name. */
export const NAMED_LICENSES: readonly NamedLicense[] = TITLES.map(([, id, name]) => ({ id, name }));
