import { hasExtension } from "../../../formats/format.ts";
import type { Examiner } from "../examiner.ts";

/** Text that no loader reads. */
export const TEXT_EXAMINER: Examiner = {
  format: "text",
  isNamed: hasExtension("md", "txt"),
  begins: isText,
  isDistinctive: false,
  mayBeEmpty: true,
  async examine({ head, report, setNotLoaded }) {
    if (!isText(head)) return report("file/disguised", "is not the text that its name says");
    setNotLoaded();
  },
};

/** No control characters but white space. */
function isText(head: Uint8Array): boolean {
  return head.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d));
}
