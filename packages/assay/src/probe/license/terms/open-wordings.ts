import type { PackedTemplate } from "../text/texts.ts";
import { wordingsOf, type Wording } from "../text/wordings.ts";

const known = new WeakMap<PackedTemplate, readonly Wording[]>();

/** The wordings of a shipped text, put together once for all folders, when a sentence may be of it. */
export function wordingsIn(packed: PackedTemplate): readonly Wording[] {
  let wordings = known.get(packed);
  if (wordings === undefined) known.set(packed, (wordings = wordingsOf(packed.unpack().parts)));
  return wordings;
}
