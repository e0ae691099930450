// Sign keyless in a CI job and verify what was signed, with the library.
//
// In GitHub Actions (`permissions: id-token: write`), GitLab, Buildkite, CircleCI or on Google Cloud:
//   node examples/keyless.mjs MODEL IDENTITY IDENTITY_PROVIDER
// The identity and the issuing server become public in the transparency log.
import {
  AssayError,
  ambientSource,
  ambientSystem,
  findTrust,
  httpClient,
  keylessSigner,
  readSigningConfig,
  retryingClient,
  selectServices,
  sign,
  verify,
} from "assay";

const [model, identity, identityProvider] = process.argv.slice(2);
if (identityProvider === undefined) {
  console.error("usage: keyless.mjs MODEL IDENTITY IDENTITY_PROVIDER");
  process.exit(2);
}
const signature = `${model}.sigstore.json`;

// The trusted root of the public instance, refreshed where a network is there, and its signing configuration.
const http = httpClient();
const now = new Date();
const { material, signingConfig } = await findTrust({ http, now });
const services = selectServices(readSigningConfig(signingConfig), now);

try {
  const signer = keylessSigner({
    services,
    trust: material,
    identitySource: ambientSource(ambientSystem(process.env, retryingClient(http)), { audience: "sigstore", now: () => new Date() }),
    onStep: (step) => console.error(`${step} ...`),
  });
  // Before the model is hashed, and before anything is public.
  await signer.prepare();
  const { manifest } = await sign(model, { signer, signature });
  console.log(`signed ${manifest.files.size} files: ${signature}`);

  const answer = await verify(model, { signature, trust: { method: "sigstore", material, identity, identityProvider } });
  console.log(
    answer.outcome === "verified" ? `verified, signed by ${answer.signer.identity}` : `${answer.outcome}: ${answer.error.message}`,
  );
  process.exitCode = answer.outcome === "verified" ? 0 : 1;
} catch (error) {
  if (!(error instanceof AssayError)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 3;
}
