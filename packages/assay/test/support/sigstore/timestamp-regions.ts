/**
 * A stretch of a time-stamp response that its signature does not cover, or that decides whose it is: `signer`
 * names the certificate, and with another `time` the authority may not have been trusted then.
 */
export interface Region {
  readonly name: "PKIStatus" | "digestAlgorithms" | "certificates" | "signer" | "time";
  readonly start: number;
  readonly end: number;
}

/** TimeStampResp: status, then ContentInfo with SignedData: version, digestAlgorithms, content, certificates, signers. */
export function namedRegions(der: Uint8Array): Region[] {
  const [status, token] = elements(der, 0);
  const [, wrapper] = elements(der, token!.start);
  const [signedData] = elements(der, wrapper!.start);
  const [, digestAlgorithms, contentInfo, certificates, ...rest] = elements(der, signedData!.start);
  const [signerInfo] = elements(der, (rest.at(-1) ?? certificates!).start);
  return [
    { name: "PKIStatus", ...elements(der, status!.start)[0]! },
    { name: "digestAlgorithms", ...digestAlgorithms! },
    { name: "time", ...timeOf(der, contentInfo!.start) },
    { name: "signer", ...elements(der, signerInfo!.start)[1]! },
    ...(der[certificates!.start] === 0xa0 ? [{ name: "certificates" as const, ...certificates! }] : []),
  ];
}

/** TSTInfo is in an OCTET STRING: version, policy, imprint, serial number, time. */
function timeOf(der: Uint8Array, contentInfo: number): { start: number; end: number } {
  const [, wrapper] = elements(der, contentInfo);
  const [octets] = elements(der, wrapper!.start);
  return elements(der, header(der, octets!.start).content)[4]!;
}

/** Where the elements of a constructed value begin and end. */
function elements(der: Uint8Array, at: number): { start: number; end: number }[] {
  const { content, end } = header(der, at);
  const found: { start: number; end: number }[] = [];
  for (let start = content; start < end; start = found.at(-1)!.end) found.push({ start, end: header(der, start).end });
  return found;
}

function header(der: Uint8Array, at: number): { content: number; end: number } {
  const first = der[at + 1]!;
  const octets = first < 0x80 ? 0 : first & 0x7f;
  const length = octets === 0 ? first : der.subarray(at + 2, at + 2 + octets).reduce((sum, octet) => sum * 256 + octet, 0);
  return { content: at + 2 + octets, end: at + 2 + octets + length };
}
