import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../temporary-folder.ts";
import { ipAddress, makeCa, makeCertificate } from "../x509/make.ts";
import type { RealServer } from "./server-process.ts";

/** A server with TLS; its address begins with `https:`. */
export interface SecureServer extends RealServer {
  /** The file of the root that its certificate is under, PEM: for NODE_EXTRA_CA_CERTS. */
  readonly root: string;
}

/** The files that a server with TLS reads, and its root. */
interface TlsFiles {
  readonly root: string;
  readonly chain: string;
  readonly key: string;
}

const DAY = 86_400_000;
const SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";

/** A certificate for 127.0.0.1 under a root of its own, both valid for a day. */
export function makeTlsFiles(): TlsFiles {
  const folder = temporaryFolder();
  const validity = { notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + DAY) };
  const ca = makeCa({ subject: "Root of a test", ...validity });
  const certificate = makeCertificate({
    subject: "127.0.0.1",
    issuer: ca,
    names: [ipAddress(127, 0, 0, 1)],
    extendedKeyUsage: [SERVER_AUTHENTICATION],
    ...validity,
  });
  const files = { root: join(folder, "root.pem"), chain: join(folder, "chain.pem"), key: join(folder, "key.pem") };
  writeFileSync(files.root, ca.pem);
  writeFileSync(files.chain, certificate.pem + ca.pem);
  writeFileSync(files.key, certificate.privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  return files;
}
