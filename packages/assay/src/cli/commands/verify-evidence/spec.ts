import type { CommandSpec } from "../../command.ts";
import { COMMON_OPTIONS, IDENTITY_CONFLICTS, INSTANCE_OPTIONS, MODEL, REMOTE_OPTIONS } from "../../command-line/spec-parts.ts";

export const VERIFY_EVIDENCE: CommandSpec = {
  words: ["verify", "evidence"],
  topic: "policy",
  summary: "does this evidence say that a trusted verifier allows the model?",
  description:
    "Verifies a statement that assay check wrote with --evidence and --sign: its signer, by the options of one method of assay verify, " +
    "then what it says. Exit code 0 means that the policy allows the model; 1 that it does not, or that the evidence is unsigned or of " +
    "another signer, verifier, resource, policy or model; 3 that it is too old. With MODEL, its files are hashed and compared. " +
    "A model in a folder named evidence is ./evidence.",
  arguments: [
    { name: "FILE", help: "the evidence: NAME.sigstore.json", isPath: true },
    { ...MODEL, help: MODEL.help.replace("the model:", "the model that it must be about:"), optional: true },
  ],
  required: [],
  options: [
    "public-key",
    "certificate-chain",
    "certificate-identity",
    "certificate-fingerprint",
    "require-code-signing",
    "strict-certificates",
    "crl",
    "identity",
    "identity-provider",
    "identity-regexp",
    "identity-provider-regexp",
    ...INSTANCE_OPTIONS,
    "tsa-chain",
    "offline",
    "verifier-id",
    "resource-uri",
    "policy",
    "max-age",
    "signature",
    "allow-symlinks",
    "threads",
    "cache",
    ...REMOTE_OPTIONS,
    ...COMMON_OPTIONS,
  ],
  optionHelp: {
    "certificate-chain": "the root that you trust (self-signed), and intermediate certificates if the signature lacks them",
    "verifier-id": "accept only evidence of this verifier; default urn:assay:verifier:unnamed",
    policy: "accept only evidence by this policy: the file, with the files that it names, or its digest sha256:…",
    signature: "the model's signature, which is not part of it; default: the one in the model",
  },
  conflicts: IDENTITY_CONFLICTS,
  examples: [
    {
      line: "assay verify evidence granite-evidence/verification-summary.sigstore.json ./granite --public-key intake.pub",
      does: "this model, by this signer",
    },
    {
      line: "assay verify evidence summary.sigstore.json --public-key intake.pub --resource-uri pkg:huggingface/ibm-granite/granite-3.3-8b --max-age 90d",
      does: "without the model: what was allowed, and not long ago",
    },
  ],
  refusal: "Not verified",
};
