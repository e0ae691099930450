import assert from "node:assert/strict";
import { test } from "node:test";
import { decode } from "../../src/probe/license/terms/decode.ts";
import { wideReadings } from "../../src/probe/license/terms/encodings.ts";

const LATIN = "You may use the Model for research only.\n";
const CHINESE = "本模型仅供学术研究使用，不得用于商业用途。\n";
const JAPANESE = "本モデルは研究目的に限り利用できます。商用利用は禁止されています。";
const KOREAN = "본 모델은 연구 목적으로만 사용할 수 있으며 상업적 이용은 금지됩니다.";
const RUSSIAN = "Модель можно использовать только в исследовательских целях.";

const bigEndian = (text: string): Uint8Array => Buffer.from(text, "utf16le").swap16();
const littleEndian = (text: string): Uint8Array => Buffer.from(text, "utf16le");
const wide = (text: string): Uint8Array =>
  Buffer.concat(
    Array.from(text, (character) => {
      const four = Buffer.alloc(4);
      four.writeUInt32LE(character.codePointAt(0) ?? 0);
      return four;
    }),
  );

for (const [script, text] of Object.entries({
  Latin: LATIN,
  Chinese: CHINESE,
  Japanese: JAPANESE,
  Korean: KOREAN,
  Russian: RUSSIAN,
  "Latin and Chinese": LATIN.repeat(3) + CHINESE.repeat(4),
})) {
  for (const [encoding, write] of Object.entries({ "UTF-16LE": littleEndian, "UTF-16BE": bigEndian, "UTF-32LE": wide })) {
    test(`${script} text in ${encoding} without a byte order mark is read`, () => {
      const decoded = decode(write(text));
      assert.ok(decoded.kind === "text" && decoded.readings.includes(text), JSON.stringify(decoded).slice(0, 300));
    });
  }
}

/** 禁止 in encodings of Japan, China and Taiwan. */
const FORBIDDEN: Readonly<Record<string, readonly number[]>> = {
  Shift_JIS: [0x8b, 0xd6, 0x8e, 0x7e],
  "EUC-JP": [0xb6, 0xd8, 0xbb, 0xdf],
  GB18030: [0xbd, 0xfb, 0xd6, 0xb9],
  Big5: [0xb8, 0x54, 0xa4, 0xee],
  "ISO-2022-JP": [0x1b, 0x24, 0x42, 0x36, 0x58, 0x3b, 0x5f, 0x1b, 0x28, 0x42],
};

for (const [encoding, bytes] of Object.entries(FORBIDDEN)) {
  test(`a word in ${encoding} within English text is read`, () => {
    const decoded = decode(Buffer.concat([Buffer.from("Commercial use of this model: "), Buffer.from(bytes), Buffer.from("\n")]));
    assert.ok(decoded.kind === "text" && decoded.readings.some((reading) => reading.includes("禁止")), JSON.stringify(decoded));
  });
}

test("weights and random bytes are not text", () => {
  const bfloat16 = Buffer.alloc(4096);
  const random = Buffer.alloc(4096);
  let state = 7;
  for (let at = 0; at < random.length; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    random[at] = state >>> 24;
    bfloat16[at] = at % 2 === 0 ? state >>> 24 : state & 0x100 ? 0x3c : 0xbc;
  }
  assert.equal(decode(bfloat16).kind, "binary");
  assert.equal(decode(random).kind, "binary");
});

test("pairs of bytes that are Chinese characters by chance are not UTF-16", () => {
  const pairs = Buffer.from(Array.from({ length: 2000 }, (_, at) => (at % 2 === 0 ? 0x4e + ((at * 7) % 0x50) : (at * 131) % 256)));
  assert.deepEqual(wideReadings(pairs), { readings: [], isCertain: false });
});
