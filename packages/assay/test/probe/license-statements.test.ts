import assert from "node:assert/strict";
import { test } from "node:test";
import { readCard } from "../../src/probe/card/card.ts";
import { licenseStatements } from "../../src/probe/card/license-statements.ts";
import { ModelWords } from "../../src/probe/card/model-words.ts";
import { LICENSES } from "../support/openness/licenses.ts";

const KNOWLEDGE = {
  isOpen: (id: string): boolean => LICENSES.find(id)?.isOpen === true,
  isClosedName: (name: string): boolean => LICENSES.find(name)?.isOpen === false,
  find: (name: string): { readonly id: string; readonly isOpen: boolean } | undefined => LICENSES.find(name),
};

function said(text: string): string[] {
  const { sections } = readCard(text, "README.md");
  return licenseStatements(sections, new ModelWords(["granite"]), KNOWLEDGE).map(({ name, about }) => `${about ?? "all"}: ${name}`);
}

for (const [text, ...expected] of [
  ["This project is licensed under the Apache License, Version 2.0.", "all: Apache-2.0"],
  ["- **License:** MIT", "all: MIT"],
  ["Our code and model weights are released under the MIT License.", "parameters: MIT", "code: MIT"],
  [
    "The code is under the MIT license, while the weights are released under the Llama 3.1 Community License.",
    "code: MIT",
    "parameters: Llama 3.1 Community License",
  ],
  [
    "The code of this repository is licensed under [BSD-3-Clause](LICENSE), and the model is available under CC BY-NC 4.0.",
    "code: BSD-3-Clause",
    "parameters: CC-BY-NC-4.0",
  ],
  ["Granite is released under the Gemma Terms of Use.", "all: Gemma Terms of Use"],
  ["All Granite code models are distributed under Apache 2.0.", "parameters: Apache-2.0"],
  ["本仓库的代码依照 Apache-2.0 协议开源，权重另有规定。", "code: Apache-2.0"],
  ["本モデルの重みはMITライセンスの下で公開されています。", "parameters: MIT"],
  ["## License\n\n[Apache 2.0](LICENSE)", "all: Apache-2.0"],
  ["このプロジェクトは Apache License 2.0 の下でライセンスされています。", "all: Apache-2.0"],
  ["Granite is MIT licensed.", "all: MIT"],
  ["## License\n\n- Granite-7B and Granite-70B are licensed under the Gemma Terms of Use.", "parameters: Gemma Terms of Use"],
  [
    "## Licenses\n\n### The model\n\nIt is under CC BY-NC 4.0. Use is for research purposes only.",
    "parameters: CC-BY-NC-4.0",
    "parameters: LicenseRef-restricted",
  ],
  [
    "## License\n\nThe weights are under CC BY-NC 4.0. They should not be used for commercial purposes. The rest is for research purposes only.",
    "parameters: CC-BY-NC-4.0",
    "parameters: LicenseRef-restricted",
    "all: LicenseRef-restricted",
  ],
  ["## License\n\nThe tables are made available for both non-commercial and commercial use."],
  [
    "The majority of this work is licensed under CC-BY-NC, however portions of the project are available under the MIT license.",
    "all: CC-BY-NC-4.0",
  ],
  [
    "本项目代码采用Apache 2.0协议，数据采用CC BY-NC 4.0协议，模型权重采用GNU AGPL 3.0协议。",
    "code: Apache-2.0",
    "data: CC-BY-NC-4.0",
    "parameters: AGPL-3.0",
  ],
  [
    "## License\n\nNotebooks and code: Apache-2.0. All other materials are licensed under CC BY 4.0.",
    "code: Apache-2.0",
    "parameters: CC-BY-4.0",
    "data: CC-BY-4.0",
    "card: CC-BY-4.0",
  ],
] as const) {
  test(`a sentence states a license: ${text.replaceAll("\n", " ")}`, () => assert.deepEqual(said(text), expected));
}

for (const text of [
  "Basalt was made available under the MIT license.",
  "Basalt is released under the MIT license.",
  "We studied Llama 3 and Gemma.",
  "Unlike others, this model is not under the Apache 2.0 license.",
  "You may not use this file except in compliance with the Apache License, Version 2.0.",
  "The MIT researchers released a paper.",
  "This code was released under a modified MIT license.",
]) {
  test(`a sentence states no open license: ${text}`, () =>
    assert.deepEqual(
      said(text).filter((one) => !/Modified/i.test(one)),
      [],
    ));
}

test("a changed license is not the license", () =>
  assert.deepEqual(said("## License\n\n[Modified MIT](./LICENSE)"), ["all: Modified MIT"]));

test("a statement has its sentence and line", () => {
  const { sections } = readCard("# Granite\n\nA rock.\n\n## License\n\nThis code is under the [MIT License](LICENSE).\n", "README.md");
  const [one] = licenseStatements(sections, new ModelWords(["granite"]), KNOWLEDGE);
  assert.deepEqual([one?.line, one?.sentence], [7, "This code is under the MIT License."]);
});
