import assert from "node:assert/strict";
import { test } from "node:test";
import { soundsLikeTerms } from "../../src/probe/license/text/terms.ts";
import { APACHE, LLAMA, MIT } from "../support/models/described.ts";

test("license texts are terms", () => {
  for (const text of [APACHE, MIT, LLAMA.repeat(2)]) assert.ok(soundsLikeTerms(text), text.slice(0, 80));
});

for (const sentence of [
  "The weights may not be used by banks.",
  "Commercial use requires a contract with us.",
  "You must not use this for weapons",
  "For research purposes only.",
  "The weights may be copied solely in Canada.",
  "Free for academic use",
  "Not for commercial purposes",
  "This is not meant to end in commercial products.",
  "Companies may use the Software only under a contract with Acme.",
  "You can do whatever you want with it.",
  "Do what you like with the weights.",
  "Use of this model by persons residing in the EU is excluded.",
  "By downloading the checkpoint you agree to these terms.",
  "Everyone is welcome to use this code for any purpose",
  "We dedicate this data set to the public domain.",
  "Nur für Forschungszwecke; kommerzielle Nutzung untersagt.",
  "Usage commercial interdit.",
  "Prohibida la distribución con fines comerciales.",
  "仅供学术研究使用，不得用于商业用途。",
  "商用利用禁止",
  "Только для некоммерческого использования",
  "Y\u043eu m\u0430y n\u043et us\u0435 th\u0435 m\u043ed\u0435l c\u043emm\u0435rci\u0430lly",
  "N\u200bot for comm\u00adercial purposes",
]) {
  test(`one sentence of terms is found: ${sentence}`, () => assert.ok(soundsLikeTerms(sentence)));
}

const APACHE_NOTICE = `# Licensed under the Apache License, Version 2.0 (the "License");
# you may not use this file except in compliance with the License.
# You may obtain a copy of the License at
#
#     http://www.apache.org/licenses/LICENSE-2.0
#
# Unless required by applicable law or agreed to in writing, software
# distributed under the License is distributed on an "AS IS" BASIS,
# WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
# See the License for the specific language governing permissions and
# limitations under the License.
import torch
`;

for (const [what, text] of [
  [
    "a README that names its license",
    "# Model\n\nA model of text.\n\n## Use\n\nFeel free to use it with `run.py`.\n\n## License\n\nApache-2.0, see LICENSE.\n",
  ],
  ["a README in Chinese that names its license", "# 模型\n\n使用方法：运行 run.py。\n\n本项目采用 Apache-2.0 许可。\n"],
  ["source code under Apache's notice", APACHE_NOTICE],
  [
    "an error message in source code",
    'raise ValueError("inputs_embeds can only be used in the first step; use_cache cannot be used with checkpointing")',
  ],
  ["a list of requirements", "torch>=2.0\ntransformers==4.53.0\nnumpy\n"],
  ["a table", "| task | score |\n|---|---|\n| MMLU | 71.2 |\n"],
  ["advice on use", "The model should not be used to create hostile environments; it was not trained to be factual."],
] as const) {
  test(`no terms: ${what}`, () => assert.ok(!soundsLikeTerms(text)));
}

for (const sentence of [
  "What do anything and everything have in common?",
  "The tokens do what the layer before them did.",
  "We do whatever the benchmark asks for.",
]) {
  test(`ordinary prose is not terms: ${sentence}`, () => assert.ok(!soundsLikeTerms(sentence)));
}

test("a vocabulary holds every word of a license, and no terms", () => {
  const filler = Array.from({ length: 60 }, (_, at) => `token${at}`).join("\n");
  const words =
    "license licensor permission warranty liable copyright prohibited patents terminate royalty agreement trademark damages".split(" ");
  assert.ok(!soundsLikeTerms(words.map((word) => `${word}\n${filler}\n`.repeat(3)).join("")));
});
