import { encodeBase64, encodeBase64Bytes } from "../encoding/base64.ts";
import { encodeUtf8 } from "../encoding/utf8.ts";
import type { Bundle, VerificationMaterial } from "./bundle.ts";
import { BUNDLE_MEDIA_TYPE } from "./media-type.ts";

/** What a bundle of ours is made from: no log entries, no timestamps, always of version 0.3. */
export interface BundleParts extends Pick<Bundle, "envelope"> {
  readonly material: Exclude<VerificationMaterial, { kind: "certificate" }>;
}

/**
 * A bundle as UTF-8 JSON: Sigstore bundle v0.3 in the shape of OMS section 4, on one line with its
 * newline. The empty `tlogEntries` and `keyid` are there because older readers want them.
 *
 * The payload never becomes a string: a large one is written between the two halves of the rest.
 */
export function writeBundle({ material, envelope }: BundleParts): Uint8Array<ArrayBuffer> {
  const mark = '"payload":""';
  const json = JSON.stringify({
    mediaType: BUNDLE_MEDIA_TYPE,
    verificationMaterial: { ...writeMaterial(material), tlogEntries: [] },
    dsseEnvelope: {
      payload: "",
      payloadType: envelope.payloadType,
      signatures: [{ sig: encodeBase64(envelope.signature), keyid: "" }],
    },
  });
  // Inside of any string its quotes would be escaped: the mark is there once.
  const at = json.indexOf(mark) + mark.length - 1;
  const head = encodeUtf8(json.slice(0, at));
  const tail = encodeUtf8(`${json.slice(at)}\n`);
  const payload = encodeBase64Bytes(envelope.payload);
  const bundle = new Uint8Array(head.length + payload.length + tail.length);
  bundle.set(head);
  bundle.set(payload, head.length);
  bundle.set(tail, head.length + payload.length);
  return bundle;
}

function writeMaterial(material: BundleParts["material"]): object {
  if (material.kind === "x509CertificateChain") {
    return { x509CertificateChain: { certificates: material.certificates.map((der) => ({ rawBytes: encodeBase64(der) })) } };
  }
  return { publicKey: { hint: material.hint ?? "" } };
}
