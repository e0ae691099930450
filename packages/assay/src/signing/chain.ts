import type { Certificate } from "../trust/x509/certificate.ts";

/**
 * Puts certificates that came in any order, perhaps twice, behind their leaf: issuer after issued, by
 * name. What does not connect comes last, in the order given. A bundle's chain is a hint for path
 * building, not a proof, so names are enough here.
 */
export function orderChain(leaf: Certificate, others: readonly Certificate[]): Certificate[] {
  const rest = new Map(others.map((certificate) => [String(certificate.der), certificate]));
  rest.delete(String(leaf.der));
  const ordered = [leaf];
  let last = leaf;
  for (;;) {
    const wanted = String(last.issuer.der);
    const next = [...rest].find(([, certificate]) => String(certificate.subject.der) === wanted);
    if (next === undefined) return [...ordered, ...rest.values()];
    rest.delete(next[0]);
    ordered.push(next[1]);
    last = next[1];
  }
}
