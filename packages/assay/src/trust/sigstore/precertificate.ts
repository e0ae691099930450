import { contextTag, readDer, TAG } from "../../encoding/der.ts";
import { readOid } from "../../encoding/der-values.ts";
import { writeDer } from "../../encoding/der-writer.ts";

/** The extension that carries signed certificate timestamps: RFC 6962 section 3.3. */
export const SCT_LIST = "1.3.6.1.4.1.11129.2.4.2";

/**
 * A TBSCertificate as it was before its timestamps went in: what a log signs of a precertificate,
 * RFC 6962 section 3.2. Every other byte stays as it is. `tbs` is DER that was read before.
 */
export function withoutSctList(tbs: Uint8Array): Uint8Array {
  const fields = readDer(tbs)
    .in(TAG.sequence)
    .rest()
    .map((field) => (field.tag === contextTag(3, true) ? withoutExtension(field.content) : field.der));
  return writeDer(TAG.sequence, ...fields);
}

function withoutExtension(wrapped: Uint8Array): Uint8Array {
  const kept = readDer(wrapped)
    .in(TAG.sequence)
    .rest()
    .filter((extension) => readOid(extension.in(TAG.sequence).next()) !== SCT_LIST);
  if (kept.length === 0) return new Uint8Array();
  return writeDer(contextTag(3, true), writeDer(TAG.sequence, ...kept.map(({ der }) => der)));
}
