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

for (const [what, text, appended] of [
  ["a license of a package behind a heading", `${MIT}\n------\nThird-party software: Widget\n\n${APACHE}`, ["Apache-2.0"]],
  ["two of them", `${APACHE}\n\nLicense for Widget\n\n${MIT}\n\nLicense for Gadget\n\n${APACHE}`, ["MIT", "Apache-2.0"]],
  ["the same license again, with another notice", `${MIT}\n\n${MIT.replace("Acme AI", "Widget Inc.")}`, ["MIT"]],
  ["a second disclaimer", `${APACHE}\n${DISCLAIMER}`, []],
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
