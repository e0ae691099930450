import { readFile } from "node:fs/promises";
import {
  findTrust,
  givenToken,
  keylessSigner,
  readSigningConfig,
  selectServices,
  type FoundTrust,
  type KeylessSigner,
  type TrustMaterial,
  type TrustQuestion,
} from "assay";

/** Which Sigstore instance a suite means: the public one, its staging, or one in files. */
export interface Instance {
  readonly staging?: boolean;
  readonly trustConfig?: string | undefined;
  readonly trustedRoot?: string | undefined;
  readonly signingConfig?: string | undefined;
}

/** Offline: the suites' bundles are verified with roots that ship with the package, or that come with them. */
export async function materialFor(instance: Instance): Promise<TrustMaterial> {
  return (await found(instance)).material;
}

/** Signs in the name of a token's identity. */
export async function keylessSignerFor(token: string, instance: Instance): Promise<KeylessSigner> {
  const { material, signingConfig } = await found(instance);
  const named = instance.signingConfig === undefined ? signingConfig : await readFile(instance.signingConfig);
  if (named === undefined) throw new Error("no signing configuration belongs to this trusted root");
  const now = (): Date => new Date();
  return keylessSigner({
    identitySource: givenToken(token, { audience: "sigstore", now }),
    services: selectServices(readSigningConfig(named), now()),
    trust: material,
  });
}

function found({ staging = false, trustConfig, trustedRoot }: Instance): Promise<FoundTrust> {
  const question: TrustQuestion = { staging, trustConfig, trustedRoot, offline: true, now: new Date() };
  return findTrust(question);
}
