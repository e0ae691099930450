import type { NamedContent } from "../../encoding/given-file.ts";
import type { Place } from "../../encoding/yaml.ts";
import { AssayError } from "../../core/error.ts";
import type { SignerRecord } from "../../policy/lock.ts";
import type { CertificateSigner, KeySigner, PolicyFile, PolicySigner, SigstoreSigner, TextRule } from "../../policy/policy.ts";
import { parseTrust } from "../../roots/named.ts";
import { readCertificateFiles } from "../../trust/certificates.ts";
import { sha256Hex } from "../../trust/fingerprint.ts";
import { compileIdentityPattern } from "../../trust/identity-pattern.ts";
import { parsePublicKey } from "../../trust/public-key.ts";
import { readPublicKey } from "../../trust/public-key-file.ts";
import type { CertificateTrust, ExpectedName, KeyTrust, SigstoreTrust } from "../../trust/trust.ts";
import type { TrustMaterial } from "../../trust/sigstore/trust-source.ts";
import { isSelfSigned } from "../../trust/x509/certificate.ts";
import { readRevocationFiles } from "../../trust/x509/crl-file.ts";

/** How the files that a policy names are read; every fault is one of the policy, at the value. */
export interface TrustFiles {
  /** The folder of the policy, which they are relative to. */
  readonly folder: string;
  readonly read: (file: PolicyFile, what: string) => NamedContent & { readonly content: Uint8Array };
  readonly check: <Value>(place: Place, use: () => Promise<Value>) => Promise<Value>;
}

/** Whom a signer of a policy means. */
export type SignerTrust =
  | { readonly method: "key"; readonly trust: KeyTrust; readonly record: SignerRecord }
  | { readonly method: "certificate"; readonly trust: CertificateTrust }
  | {
      readonly method: "sigstore";
      readonly expected: Omit<SigstoreTrust, "material">;
      /** Undefined: the public instance's. */
      readonly material: TrustMaterial | undefined;
    };

/** Reads what a signer names. Throws POLICY_FILE. */
export async function trustInSigner(signer: PolicySigner, files: TrustFiles): Promise<SignerTrust> {
  switch (signer.kind) {
    case "key":
      return trustInKey(signer, files);
    case "certificate":
      return trustInCertificates(signer, files);
    case "sigstore":
      return trustInIdentity(signer, files);
  }
}

async function trustInKey({ key }: KeySigner, files: TrustFiles): Promise<SignerTrust> {
  const publicKey = "pem" in key ? { name: "in the policy", content: key.pem } : files.read(key, "public key");
  const spki = await files.check(key.place, async () => parsePublicKey(readPublicKey(publicKey.content, publicKey.name)).spki);
  return { method: "key", trust: { method: "key", publicKey }, record: { method: "key", fingerprint: await sha256Hex(spki) } };
}

async function trustInCertificates(signer: CertificateSigner, files: TrustFiles): Promise<SignerTrust> {
  const { subject, fingerprint, usage } = signer;
  const roots = signer.roots.map((file) => ({ place: file.place, given: files.read(file, "root certificate") }));
  for (const { place, given } of roots) await files.check(place, async () => requireRoot(given));
  const intermediates: Uint8Array[] = [];
  for (const file of signer.intermediates) {
    const given = files.read(file, "intermediate certificate");
    await files.check(file.place, async () => {
      // A root among them would be trusted as one, and the policy names its roots elsewhere.
      for (const certificate of readCertificateFiles([given], "intermediate certificate").certificates) {
        if (!(await isSelfSigned(certificate))) intermediates.push(certificate.der);
      }
    });
  }
  const lists = signer.revocationLists.map((file) => ({ place: file.place, given: files.read(file, "revocation list") }));
  for (const { place, given } of lists) await files.check(place, async () => requireLists(given));
  return {
    method: "certificate",
    trust: {
      method: "certificate",
      certificates: [...roots.map(({ given }) => given), ...intermediates],
      ...(subject === undefined ? {} : { identity: subject }),
      ...(fingerprint === undefined ? {} : { fingerprint }),
      requireCodeSigning: usage === "code-signing",
      ...(lists.length === 0 ? {} : { revocationLists: lists.map(({ given }) => given) }),
    },
  };
}

async function requireRoot(given: NamedContent): Promise<void> {
  const { certificates } = readCertificateFiles([given], "root certificate");
  for (const certificate of certificates) if (await isSelfSigned(certificate)) return;
  throw new AssayError("ROOT_MISSING", `${given.name} holds no root: none of its certificates is self-signed`);
}

function requireLists(given: NamedContent): void {
  const { lists, skipped } = readRevocationFiles([given], "default");
  if (lists.length === 0) throw skipped[0]?.problem ?? new AssayError("CRL_INVALID", `${given.name} holds no revocation list`);
}

async function trustInIdentity({ identity, issuer, trustedRoot }: SigstoreSigner, files: TrustFiles): Promise<SignerTrust> {
  const material =
    trustedRoot &&
    (await files.check(trustedRoot.place, async (): Promise<TrustMaterial> => {
      const { name, content } = files.read(trustedRoot, "trusted root");
      return { root: parseTrust(content, `trusted root ${name}`).root, source: { kind: "named", name, date: undefined, isCurrent: true } };
    }));
  const expected = { method: "sigstore", identity: await expectedName(identity), identityProvider: await expectedName(issuer) } as const;
  return { method: "sigstore", expected, material };
}

async function expectedName({ kind, text }: TextRule): Promise<ExpectedName> {
  return kind === "exact" ? text : compileIdentityPattern(text);
}
