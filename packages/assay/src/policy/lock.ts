/** A signer as a lock file names it. */
export type SignerRecord =
  | { readonly method: "key"; readonly fingerprint: string }
  | { readonly method: "certificate"; readonly subject: string; readonly root: string }
  | { readonly method: "sigstore"; readonly identity: string; readonly issuer: string };

/** What was decided before about models, by name: assay.lock, version 1. */
export interface Lock {
  readonly models: ReadonlyMap<string, LockedModel>;
}

/** One pinned model. */
export interface LockedModel {
  /** `sha256:` and hex. */
  readonly manifest: string;
  /** Null pins the bytes alone. */
  readonly signer: SignerRecord | null;
  readonly revision: string | undefined;
  /** ISO 8601. */
  readonly signedAt: string | undefined;
  readonly decision: "allow" | "deny" | "incomplete";
  /** Digest of the policy that decided. */
  readonly policy: string;
  /** ISO 8601. */
  readonly pinned: string;
}

/** Whether two records are of one signer: by these fields alone, so that a renewed certificate is the same signer. */
export function isSameSigner(a: SignerRecord, b: SignerRecord): boolean {
  switch (a.method) {
    case "key":
      return b.method === "key" && a.fingerprint === b.fingerprint;
    case "certificate":
      return b.method === "certificate" && a.subject === b.subject && a.root === b.root;
    case "sigstore":
      return b.method === "sigstore" && a.identity === b.identity && a.issuer === b.issuer;
  }
}
