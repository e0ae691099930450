import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { email, makeCa, makeCertificate } from "../x509/make.ts";
import { assay, workFolder } from "./command.ts";

const DAY = 86_400_000;
const YESTERDAY = new Date(Date.now() - DAY);
const TOMORROW = new Date(Date.now() + DAY);
/** Dates for the command, which uses the system's clock. */
export const validity = { notBefore: YESTERDAY, notAfter: TOMORROW };

/** A work folder with a root, an intermediate, and a signer under them. */
export function certificateFolder(): string {
  const cwd = workFolder();
  const root = makeCa({ subject: "Granite Root", ...validity });
  const intermediate = makeCa({ subject: "Granite Signing CA", issuer: root, ...validity });
  const leaf = makeCertificate({ subject: "Granite Models", issuer: intermediate, names: [email("models@ibm.example")], ...validity });
  writeFileSync(join(cwd, "root.pem"), root.pem);
  writeFileSync(join(cwd, "intermediate.pem"), intermediate.pem);
  writeFileSync(join(cwd, "leaf.pem"), leaf.pem);
  writeFileSync(join(cwd, "leaf.key"), leaf.privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  writeFileSync(join(cwd, "other-root.pem"), makeCa({ subject: "Another Root", ...validity }).pem);
  return cwd;
}

export const SIGN = ["sign", "certificate", "granite", "--private-key", "leaf.key", "--signing-certificate", "leaf.pem"] as const;
export const VERIFY = ["verify", "certificate", "granite", "--certificate-chain"] as const;

/** The same, signed. */
export async function signedFolder(): Promise<string> {
  const cwd = certificateFolder();
  const { exitCode, stderr } = await assay([...SIGN, "--certificate-chain", "intermediate.pem,root.pem"], { cwd });
  assert.equal(exitCode, 0, stderr);
  return cwd;
}
