import type { ErrorCode } from "../../../src/index.ts";
import { type CertificatePath, validateCertificatePath } from "../../../src/trust/index.ts";
import { refusedWith } from "../rejects.ts";
import { type MadeCertificate, NOW } from "./make.ts";

export interface Question {
  readonly leaf: MadeCertificate;
  readonly between?: readonly MadeCertificate[];
  readonly anchors: readonly MadeCertificate[];
  readonly at?: Date;
  readonly extendedKeyUsage?: string;
  readonly maxIntermediates?: number;
}

// In the strict profile; profile.test.ts shows what the default one takes.
export function validate({ leaf, between = [], anchors, at = NOW, ...rest }: Question): Promise<CertificatePath> {
  const [candidates, trusted] = [between, anchors].map((certificates) => certificates.map(({ der }) => der)) as [
    Uint8Array[],
    Uint8Array[],
  ];
  return validateCertificatePath({ leaf: leaf.der, candidates, anchors: trusted, at, profile: "strict", ...rest });
}

export async function subjects(question: Question): Promise<string[]> {
  return (await validate(question)).certificates.map(({ subject }) => subject.rfc4514);
}

export const refused = (code: ErrorCode, question: Question): Promise<void> => refusedWith(code, () => validate(question));
