import assert from "node:assert/strict";
import { test } from "node:test";
import { inspectFolder } from "../../src/api/inspect-folder.ts";
import { identifyLicense } from "../../src/probe/license/text/identify.ts";
import { pointerIn } from "../../src/probe/license/text/pointer.ts";
import { APACHE, card, makeFolder, MIT, safetensors } from "../support/models/described.ts";
import { LICENSES } from "../support/openness/licenses.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const root = temporaryFolder();
/** MIT with a sentence that is on no list of open licenses. */
const JSON_LICENSE = MIT.replace("MIT License", "JSON License").replace(
  "\nTHE SOFTWARE IS PROVIDED",
  "\nThe Software shall be used for Good, not Evil.\n\nTHE SOFTWARE IS PROVIDED",
);
const DISCLAIMER = `THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES,
INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO
EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS
INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR
OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
`;

/** BSD-2-Clause as it is often copied: without its disclaimer. */
const BSD_CONDITIONS = `Copyright (c) 2016, Widget Inc.
All rights reserved.

Redistribution and use in source and binary forms, with or without modification, are permitted provided that the following conditions are met:

* Redistributions of source code must retain the above copyright notice, this list of conditions and the following disclaimer.

* Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the following disclaimer in the documentation and/or other materials provided with the distribution.
`;
const MIT_GRANT = MIT.slice(0, MIT.indexOf("THE SOFTWARE IS PROVIDED"));
const NOTICE = `Copyright 2021- Widget Inc.

Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance with the License.
You may obtain a copy of the License at http://www.apache.org/licenses/LICENSE-2.0

Unless required by applicable law or agreed to in writing, software distributed under the License is distributed on an "AS IS" BASIS,
WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied. See the License for the specific language governing permissions
and limitations under the License.
`;
const INTRODUCTION = "Some of Acme's code is derived from others projects, which is subject to the following copyright notice:";

for (const [what, text, appended] of [
  ["a license of a package behind a heading", `${MIT}\n------\nThird-party software: Widget\n\n${APACHE}`, ["Apache-2.0"]],
  ["two of them", `${APACHE}\n\nLicense for Widget\n\n${MIT}\n\nLicense for Gadget\n\n${APACHE}`, ["MIT", "Apache-2.0"]],
  ["the same license again, with another notice", `${MIT}\n\n${MIT.replace("Acme AI", "Widget Inc.")}`, ["MIT"]],
  ["a second disclaimer", `${APACHE}\n${DISCLAIMER}`, []],
  ["a license of a package without its disclaimer", `${APACHE}\n-- LICENSE FOR widget --\n\n${BSD_CONDITIONS}`, ["BSD-2-Clause"]],
  [
    "two of them",
    `${MIT}\nLicense for Widget\n\n${MIT_GRANT}\nLicense for Gadget\n\n${BSD_CONDITIONS}${DISCLAIMER}`,
    ["MIT", "BSD-2-Clause"],
  ],
  ["the notice of Apache's license for a part", `${MIT}\nLicense for Widget\n\n${NOTICE}`, ["Apache-2.0"]],
  ["that notice once more", `${APACHE}\n${NOTICE}`, ["Apache-2.0"]],
  [
    "a sentence on parts that were taken over",
    `${APACHE}\n## ${INTRODUCTION}\n\n${NOTICE}\nLICENSE FOR Gadget\n\n${MIT}`,
    ["Apache-2.0", "MIT"],
  ],
  ["a part whose name has an ordinary word", `${APACHE}\n-- LICENSE FOR Gneissco Attention --\n\n${MIT}`, ["MIT"]],
] as const) {
  test(`a license with ${what} is that license`, () => {
    const found = identifyLicense(text);
    assert.equal(found.kind, "exact");
    assert.equal(found.kind === "exact" && found.ids[0], text.startsWith("MIT") ? "MIT" : "Apache-2.0");
    assert.deepEqual(found.kind === "exact" && found.appended, appended);
  });
}

for (const [what, text] of [
  ["another license under its own title alone", `${MIT}\n${APACHE}`],
  ["a heading that speaks of the weights", `${MIT}\nLicense for the model weights\n\n${APACHE}`],
  ["a heading that is a sentence", `${MIT}\nThe following is not for commercial use\n\n${APACHE}`],
  ["a sentence behind the last part", `${MIT}\nLicense for Widget\n\n${APACHE}\nBanks may not use it.\n`],
  ["a heading and nothing behind it", `${MIT}\nLicense for Widget\n`],
  ["a heading and nothing behind it, after a license of a package", `${MIT}\nLicense for Widget\n\n${APACHE}\nLicense for Gadget\n`],
  ["a changed license of a package", `${MIT}\nLicense for Widget\n\n${APACHE.replace("royalty-free", "paid")}`],
  ["a changed disclaimer", `${APACHE}\n${DISCLAIMER.replace("THE USE OF", "THE COMMERCIAL USE OF")}`],
  [
    "a license of a package that ends within its conditions",
    `${MIT}\nLicense for Widget\n\n${BSD_CONDITIONS.replace("and/or other materials provided with the distribution", "")}`,
  ],
  ["a sentence behind a license without disclaimer", `${MIT}\nLicense for Widget\n\n${BSD_CONDITIONS}\nBanks may not use it.\n`],
  [
    "a changed notice of Apache's license",
    `${APACHE}\n${INTRODUCTION}\n\n${NOTICE.replace("in writing, software", "in writing, paid software")}`,
  ],
  ["a sentence on parts and nothing behind it", `${APACHE}\n${INTRODUCTION}\n`],
  [
    "a sentence on parts that says more",
    `${APACHE}\n${INTRODUCTION.replace("which is", "which banks may not use and which is")}\n\n${NOTICE}`,
  ],
  [
    "a sentence on parts of another name than one",
    `${APACHE}\n${INTRODUCTION.replace("Acme's code", "what banks pay for and code")}\n\n${NOTICE}`,
  ],
  [
    "a sentence on terms that are elsewhere",
    `${APACHE}\n${INTRODUCTION.replace("the following copyright notice", "the Acme license")}\n\n${NOTICE}`,
  ],
  ["a heading that speaks of commerce", `${MIT}\nLicense for Gneissco Commerce\n\n${APACHE}`],
  ["a heading with a second ordinary word", `${MIT}\nLicense for Gneissco Attention Students\n\n${APACHE}`],
  ["a heading of an ordinary word without a name", `${MIT}\nLicense for the Students\n\n${APACHE}`],
  [
    "a sentence on parts with a word more",
    `${APACHE}\n${INTRODUCTION.replace("code", "paid code").replace("copyright notice", "license")}\n\n${NOTICE}`,
  ],
  ["a heading of an ordinary word alone", `${MIT}\nLicense for Students\n\n${APACHE}`],
  ["too long a heading", `${MIT}\n${"Widget ".repeat(40)}\n\n${APACHE}`],
] as const) {
  test(`a license with ${what} behind it is not that license`, () => assert.equal(identifyLicense(text).kind, "near"));
}

test("a text that begins with a license whole is like that one, however much is behind it", () => {
  const found = identifyLicense(`${MIT}\n${"The Widget has terms of its own, which are these and no others. ".repeat(300)}`);
  assert.deepEqual(found.kind === "near" && found.ids, ["MIT"]);
});

test("a license of a package that is not open closes what the file is for, and is named", async () => {
  const model = makeFolder(root, "model", {
    LICENSE: `${MIT}\nLicense for Widget\n\n${JSON_LICENSE}`,
    "README.md": card("license: mit"),
    "model.safetensors": safetensors(),
  });
  const { asFound } = await inspectFolder(model, { cwd: root, licenses: LICENSES });
  const weights = asFound.evaluation.components.find(({ name }) => name === "Model parameters (Final)");
  assert.deepEqual([weights?.status, weights?.license], ["invalid", "MIT AND JSON"]);
});

for (const [text, address] of [
  ["https://example.com/acme/blob/main/README.md#license\n", "https://example.com/acme/blob/main/README.md#license"],
  ["See LICENSE.txt for details.", "LICENSE.txt"],
  ["Please see the [license](docs/LICENSE.md).", "docs/LICENSE.md"],
  ["The license is at <https://example.com/license.html>.", "https://example.com/license.html"],
  ["../LICENSE", "../LICENSE"],
  ["Not for commercial use. See LICENSE.txt.", undefined],
  ["See LICENSE.txt for details on what banks may not do.", undefined],
  ["All rights reserved.", undefined],
  ["", undefined],
] as const) {
  test(`a pointer: ${JSON.stringify(text)} ${address === undefined ? "is none" : `leads to ${address}`}`, () =>
    assert.equal(pointerIn(text), address));
}
