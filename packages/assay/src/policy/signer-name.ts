import type { PolicySigner, TextRule } from "./policy.ts";

/**
 * Which signer of a policy is meant, exactly: `key file="keys/release.pub"`. Two signers with the same name accept the same
 * signatures, as long as the files that they name are the same; the name leaves out when they may sign and what people call them.
 */
export function signerName(signer: PolicySigner): string {
  const terms = termsOf(signer).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${JSON.stringify(value)}`]));
  return [signer.kind, ...terms].join(" ");
}

function termsOf(signer: PolicySigner): readonly (readonly [key: string, value: string | undefined])[] {
  switch (signer.kind) {
    case "key":
      return ["path" in signer.key ? ["file", signer.key.path] : ["pem", signer.key.pem]];
    case "certificate":
      return [
        ...signer.roots.map(({ path }) => ["root", path] as const),
        ...signer.intermediates.map(({ path }) => ["intermediate", path] as const),
        ["subject", signer.subject],
        ["fingerprint", signer.fingerprint],
        ...signer.revocationLists.map(({ path }) => ["crl", path] as const),
        ["usage", signer.usage],
      ];
    case "sigstore":
      return [ruleTerm("identity", signer.identity), ruleTerm("issuer", signer.issuer), ["trusted-root", signer.trustedRoot?.path]];
  }
}

function ruleTerm(key: string, { kind, text }: TextRule): readonly [string, string] {
  return [kind === "exact" ? key : `${key}-regexp`, text];
}
