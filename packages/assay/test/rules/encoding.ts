import type { Rule } from "./rule.ts";

const base64 = { file: "src/encoding/base64.ts", test: "test/encoding/base64.test.ts" };
const hex = { file: "src/encoding/hex.ts", test: "test/encoding/hex.test.ts" };
const pem = { file: "src/encoding/pem.ts", test: "test/encoding/pem.test.ts" };
const utf8 = { file: "src/encoding/utf8.ts", test: "test/encoding/utf8.test.ts" };
const der = { file: "src/encoding/der.ts", test: "test/encoding/der.test.ts" };
const derValues = { file: "src/encoding/der-values.ts", test: "test/encoding/der-values.test.ts" };

/** Bytes and text: base64, hexadecimal, PEM, UTF-8, DER. */
export const rules: readonly Rule[] = [
  { ...base64, rule: "padding completes a group of four", text: "if (input.length % 4 !== 0)", replacement: "if (input.length % 4 > 4)" },
  { ...base64, rule: "a text that is one character too long is rejected", text: "if (rest === 1) {", replacement: "if (rest > 4) {" },
  {
    ...base64,
    rule: "line breaks, blanks and foreign characters are rejected",
    text: "if ((met & FOREIGN) !== 0)",
    replacement: "if (false)",
  },
  { ...base64, rule: "unused bits of the last character are zero", text: "if (unused !== 0)", replacement: "if (false)" },
  {
    ...base64,
    rule: "the standard and the URL-safe alphabet are not mixed",
    text: "if ((met & OF_STANDARD) !== 0 && (met & OF_URL_SAFE) !== 0)",
    replacement: "if (false)",
  },
  {
    ...base64,
    rule: "the URL-safe alphabet is accepted",
    text: 'table["_".charCodeAt(0)] = (63 << shift) | OF_URL_SAFE;',
    replacement: "",
  },
  {
    ...hex,
    rule: "a digest has exactly its algorithm's length",
    text: "if (text.length !== 2 * length) return false;",
    replacement: "if (text.length > 2 * length) return false;",
  },
  {
    ...hex,
    rule: "upper case and other characters are not hexadecimal of a digest",
    text: "return all < 16;",
    replacement: "return true;",
  },
  {
    ...hex,
    rule: "an upper-case digit is not one of a digest",
    text: '"0123456789abcdef".indexOf(String.fromCharCode(code))',
    replacement: '"0123456789abcdef".indexOf(String.fromCharCode(code).toLowerCase())',
  },
  {
    ...pem,
    rule: "a PEM block inside another one is rejected",
    text: 'if (open) refuse(open.line, `the block "${open.label}" is not closed before',
    replacement: "if (false) refuse(index, `the block is not closed before",
  },
  { ...pem, rule: "a PEM label is one by RFC 7468", text: "if (!LABEL.test(begin))", replacement: "if (false)" },
  {
    ...pem,
    rule: "an END without its BEGIN is rejected",
    text: "if (!open) refuse(",
    replacement: "if (!open) continue;\n      if (!open) refuse(",
  },
  { ...pem, rule: "a PEM block is closed by its own label", text: "if (open.label !== end)", replacement: "if (false)" },
  {
    ...pem,
    rule: "a PEM block that is not closed is rejected",
    text: 'if (open) refuse(open.line, `the block "${open.label}" is not closed: the',
    replacement: "if (false) refuse(0, `the block is not closed: the",
  },
  { ...pem, rule: "a damaged PEM boundary is rejected", text: "if (BOUNDARY.test(line))", replacement: "if (false)" },
  { ...pem, rule: "a PEM header is there once", text: "if (headers.has(name))", replacement: "if (false)" },
  { ...pem, rule: "an empty line ends PEM headers", text: 'if ((lines[first] ?? "").trim() !== "")', replacement: "if (false)" },
  { ...pem, rule: "a line of a PEM block is base64", text: "if (!BASE64_LINE.test(content))", replacement: "if (false)" },
  { ...pem, rule: "an empty PEM block is rejected", text: "if (bytes.length === 0)", replacement: "if (false)" },
  { ...pem, rule: "a byte order mark does not hide the first PEM block", text: '.replace(/^\\uFEFF/, "")', replacement: "" },
  {
    ...utf8,
    rule: "text that is not UTF-8 is rejected, not repaired",
    text: "{ fatal: true, ignoreBOM: true }",
    replacement: "{ ignoreBOM: true }",
  },
  { ...utf8, rule: "a byte order mark is kept as a character", text: "{ fatal: true, ignoreBOM: true }", replacement: "{ fatal: true }" },
  { ...utf8, rule: "overlong forms of three bytes are not UTF-8", text: "if (lead === 0xe0) low = 0xa0;", replacement: "" },
  { ...utf8, rule: "surrogates are not UTF-8", text: "if (lead === 0xed) high = 0x9f;", replacement: "" },
  { ...utf8, rule: "overlong forms of four bytes are not UTF-8", text: "if (lead === 0xf0) low = 0x90;", replacement: "" },
  { ...utf8, rule: "code points above U+10FFFF are not UTF-8", text: "if (lead === 0xf4) high = 0x8f;", replacement: "" },
  { ...utf8, rule: "overlong forms of two bytes are not UTF-8", text: "if (lead >= 0xc2 &&", replacement: "if (lead >= 0xc0 &&" },
  { ...utf8, rule: "a sequence that is cut off is not UTF-8", text: "if (at + continuations > end) return false;", replacement: "" },
  { ...der, rule: "a DER tag number of 31 or more is rejected", text: "if ((identifier & 0x1f) === 0x1f)", replacement: "if (false)" },
  { ...der, rule: "a DER value does not exceed what holds it", text: "if (end > this.#bytes.length)", replacement: "if (false)" },
  {
    ...der,
    rule: "an indefinite length is rejected",
    text: "if (count === 0)",
    replacement: "if (count === 0) return 0;\n    if (count === 0)",
  },
  {
    ...der,
    rule: "a length is in the fewest octets",
    text: "if (length < 0x80 || length < 256 ** (count - 1))",
    replacement: "if (false)",
  },
  {
    ...der,
    rule: "DER values are nested at most 32 levels deep",
    text: "if (depth > MAX_DEPTH)",
    replacement: "if (depth > 100 * MAX_DEPTH)",
  },
  {
    ...der,
    rule: "data after a DER value is rejected",
    text: 'if (!this.isAtEnd) throw invalid("there is',
    replacement: 'if (false) throw invalid("there is',
  },
  { ...der, rule: "a DER value has the expected tag", text: "if (this.tag !== tag) throw", replacement: "if (false) throw" },
  { ...der, rule: "a primitive value has no children", text: "if ((this.tag & 0x20) === 0) throw", replacement: "if (false) throw" },
  {
    ...der,
    rule: "a DER value that is cut off is rejected",
    text: 'if (octet === undefined) throw invalid("it ends',
    replacement: 'if (octet === undefined) return 0;\n    if (octet === undefined) throw invalid("it ends',
  },
  { ...derValues, rule: "a DER boolean is 00 or FF", text: "(content[0] !== 0 && content[0] !== 0xff)", replacement: "false" },
  { ...derValues, rule: "a DER boolean is one octet", text: "content.length !== 1 || ", replacement: "" },
  {
    ...derValues,
    rule: "an integer has an octet",
    text: 'if (content.length === 0) throw invalid("an integer',
    replacement: 'if (false) throw invalid("an integer',
  },
  { ...derValues, rule: "an integer is in the fewest octets", text: "if (start > 0) value.depart", replacement: "if (false) value.depart" },
  { ...derValues, rule: "a count is not negative", text: "if (isNegative(bytes)) throw", replacement: "if (false) throw" },
  {
    ...derValues,
    rule: "a count has at most four octets",
    text: "if (bytes.length > 4) throw",
    replacement: "if (bytes.length > 5) throw",
  },
  { ...derValues, rule: "keys and signatures are whole octets", text: "if (content[0] !== 0) throw", replacement: "if (false) throw" },
  {
    ...derValues,
    rule: "unused bits of a bit string are zero",
    text: "if (last !== undefined && (last & ((1 << unused) - 1)) !== 0) value.depart",
    replacement: "if (false) value.depart",
  },
  {
    ...derValues,
    rule: "an object identifier has octets, and at most 64",
    text: "content.length === 0 || content.length > 64",
    replacement: "false",
  },
  {
    ...derValues,
    rule: "an arc of an object identifier is in the fewest octets",
    text: "if (isAtStart && octet === 0x80) throw",
    replacement: "if (false) throw",
  },
  { ...derValues, rule: "an object identifier does not end inside an arc", text: "if (!isAtStart) throw", replacement: "if (false) throw" },
  { ...derValues, rule: "a time exists in the calendar", text: "if (!isReal) throw", replacement: "if (false) throw" },
  {
    ...derValues,
    rule: "a time has seconds, no fraction, and Z",
    text: "if (match === null || value.content.length > 32) throw",
    replacement: "if (value.content.length > 32) throw",
  },
  {
    ...derValues,
    rule: "text that has to be ASCII is ASCII",
    text: "if (bytes.some((octet) => octet >= 0x80)) throw",
    replacement: "if (false) throw",
  },
];
