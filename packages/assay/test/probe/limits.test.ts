import assert from "node:assert/strict";
import { test } from "node:test";
import { limitsUse } from "../../src/probe/license/text/limits.ts";
import { OpenSentences } from "../../src/probe/license/terms/open-sentences.ts";
import { termsIn } from "../../src/probe/license/terms/sounds.ts";

const open = new OpenSentences({ isOpen: () => false, isClosedName: () => false, find: () => undefined });
const GUIDE = `# Guide\n\n${"Granite answers questions in several languages. It was measured on ten tasks.\n".repeat(12)}`;

for (const sentence of [
  "Commercial use of the weights is prohibited.",
  "Commercial use requires a separate agreement.",
  "The weights may be used for academic research only.",
  "For non-commercial use only.",
  "The weights are for non-commercial use only.",
  "The data and checkpoint is intended and licensed for research use only.",
  "The set is under terms that allow only non-commercial use.",
  "Models trained with it should not be used outside of research purposes.",
  "These files cannot be used commercially.",
  "本模型可免费用于科研；商业使用须事先取得书面许可。",
  "本モデルの商用利用は禁止されています。",
  "본 모델의 상업적 이용은 금지됩니다.",
  "Jede gewerbliche Verwendung bedarf unserer Zustimmung.",
  "Toute utilisation commerciale est interdite.",
  "Queda prohibido su uso comercial.",
  "Коммерческое использование запрещено.",
]) {
  test(`one sentence that limits use is found in a long document: ${sentence}`, () => {
    assert.ok(termsIn(`${GUIDE}\n${sentence}\n`, "document", open) !== undefined);
  });
}

for (const sentence of [
  "The model is intended to be used for research only.",
  "本项目支持商业使用，无需申请。",
  "The tool is used in commercial products.",
  "The model is intended for research use only, and was licensed to us.",
  "The model was not used outside of the research group.",
  "For internal use only.",
]) {
  test(`advice and description limit nothing: ${sentence}`, () => assert.ok(!limitsUse(sentence)));
}

for (const note of [
  "You may incorporate this sample source code into your programs without restriction. It is provided AS IS and the responsibility for its operation is yours.",
  "You may use these weights in your products. Banks and insurers are asked to obtain a contract first.",
  "You can do as you please with this model, except weapons. Defense contractors get no rights here.",
  "Use it as you like. Large companies must pay us. We keep all other rights.",
  "Everyone may use this software, unless they work for the fossil fuel industry.",
  "使用本模型即表示您同意以下条款。不得将本模型用于军事目的。",
  "本ソフトウェアの無断転載・再配布を禁じます。",
  "Nur für den privaten Gebrauch. Firmen benötigen eine Lizenz.",
  "È consentito l'uso solo per scopi di ricerca. È vietata la vendita.",
]) {
  test(`a short note of terms is found: ${note.slice(0, 60)}`, () => assert.ok(termsIn(note, "document", open) !== undefined));
}

test("documentation of a program is not terms", () => {
  const text = `${GUIDE}You can use the library from several threads. You may use files of any size. You can download the model with pip. You must set a key.\n`;
  assert.equal(termsIn(text, "document", open), undefined);
});
