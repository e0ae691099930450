import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { AssayError } from "../../src/core/error.ts";
import { parseXml, type XmlElement } from "../../src/encoding/xml.ts";

const read = (text: string, limits: { readonly maxDepth?: number; readonly maxElements?: number } = {}): XmlElement =>
  parseXml(Buffer.from(text), { what: "the answer", code: "SERVER_ANSWER", ...limits });

const isRefused = (text: string, limits = {}): boolean => {
  try {
    read(text, limits);
    return false;
  } catch (error) {
    assert.ok(error instanceof AssayError && error.code === "SERVER_ANSWER", String(error));
    return true;
  }
};

suite("XML as services answer with it", () => {
  test("elements, text, attributes and namespaces", () => {
    const text = `\uFEFF<?xml version="1.0" encoding="UTF-8" standalone='yes'?>\n<s:List xmlns:s="urn:x" a='1'>\n <Key>a b</Key><s:Empty/><Key/> </s:List>\n`;
    assert.deepEqual(read(text), {
      name: "List",
      text: "",
      children: [
        { name: "Key", text: "a b", children: [] },
        { name: "Empty", text: "", children: [] },
        { name: "Key", text: "", children: [] },
      ],
    });
  });

  test("the entities of the language and references to characters", () => {
    assert.equal(read("<a>&lt;&amp;&gt;&quot;&apos;&#65;&#x1F600;&amp;lt;</a>").text, `<&>"'A\u{1F600}&lt;`);
  });

  test("what could read files or grow without bound is refused", () => {
    for (const text of [
      `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`,
      "<!DOCTYPE a><a/>",
      "<a>&x;</a>",
      "<a>&amp</a>",
      "<a><!-- x --></a>",
      "<a><?x y?></a>",
      "<a><![CDATA[x]]></a>",
      "<a>&#0;</a>",
      "<a>&#xD800;</a>",
      "<a>&#1114112;</a>",
    ]) {
      assert.ok(isRefused(text), text);
    }
    assert.ok(isRefused("<a>".repeat(17) + "</a>".repeat(17)));
    assert.ok(isRefused(`<a>${"<b/>".repeat(10)}</a>`, { maxElements: 10 }));
  });

  test("what is not well-formed is refused", () => {
    for (const text of [
      "",
      "x",
      "<a>",
      "</a>",
      "<a></b>",
      "<a/><b/>",
      "<a/>x",
      "x<a/>",
      "<a><b></a></b>",
      "<a",
      "<a b></a>",
      '<a b="<"/>',
      "<a/ >",
      "< a/>",
      "<a>x<b/></a>",
      "<a></a x='1'>",
      "<a></a/>",
    ]) {
      assert.ok(isRefused(text), text);
    }
    assert.throws(() => parseXml(Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]), { what: "x", code: "SERVER_ANSWER" }));
  });

  test("a long answer takes time in proportion to its length", () => {
    assert.ok(isRefused(`<a ${"b='c' ".repeat(1_000_000)}`));
    assert.ok(isRefused("<a ".repeat(50_000)));
    assert.ok(isRefused(`<a>${"&".repeat(200_000)}</a>`));
  });
});
