// Sign a model, verify it, change it, verify again: the library in forty lines.
// Run `npm start` once, then: ./node_modules/.bin/node examples/sign-and-verify.mjs
import { generateKeyPairSync } from "node:crypto";
import { appendFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keySigner, sign, verify } from "assay";

const folder = await mkdtemp(join(tmpdir(), "assay-example-"));
const model = join(folder, "tiny-model");
const signature = join(folder, "model.sig");
await mkdir(model);
await writeFile(join(model, "config.json"), '{"model_type":"tiny"}');
await writeFile(join(model, "weights.bin"), new Uint8Array(1000));

// The publisher: a private key signs.
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const signer = await keySigner({ privateKey: privateKey.export({ type: "pkcs8", format: "pem" }) });
const signed = await sign(model, { signer, signature });
console.log(`signed ${signed.manifest.files.size} files, root digest ${signed.manifest.rootDigest}`);

// The user: only the public key is trusted.
const trust = { method: "key", publicKey: publicKey.export({ type: "spki", format: "pem" }) };
console.log(`before: ${describe(await verify(model, { trust, signature }))}`);
await appendFile(join(model, "weights.bin"), "!");
console.log(`after: ${describe(await verify(model, { trust, signature }))}`);
await rm(folder, { recursive: true });

function describe(answer) {
  if (answer.outcome === "verified") return `verified, signed by the key ${answer.signer.fingerprint.slice(0, 8)}`;
  if (answer.outcome === "incomplete") return `could not tell: ${answer.error.message}`;
  const told = answer.differences.map(({ kind, name }) => `${kind} ${name}`).join(", ");
  return `failed (${answer.error.code}): ${told}`;
}
