export { sign, type SignOptions } from "./api/sign.ts";
export { verify, type VerifyOptions } from "./api/verify.ts";
export { digest, type DigestOptions } from "./api/digest.ts";
export { inspect } from "./api/inspect.ts";
export { diff, type DiffOptions } from "./api/diff.ts";
export { check, type Check, type CheckOptions } from "./api/check.ts";
export { pin, type PinnedModel, type Pinning, type PinOptions } from "./api/pin.ts";
export { scanAndDigest, type PublishedSource, type ScanAndDigestOptions, type ScanWithDigests } from "./api/scan-and-digest.ts";
export { compareModels, type ModelCandidate, type CompareModelsOptions, type ModelComparison } from "./api/compare-models.ts";
export { verifyEvidence, type EvidenceQuestion, type EvidenceVerification } from "./api/evidence/verify-evidence.ts";
export {
  openEvidenceFolder,
  writeEvidence,
  type EvidenceFolder,
  type EvidencePlan,
  type PieceOfEvidence,
  type WrittenEvidence,
} from "./api/evidence/write-evidence.ts";
export type { ExpectedEvidence, ExpectedPolicy } from "./statement/evidence/expected.ts";
export type { EvidenceContent, ProvenEvidence } from "./statement/evidence/read.ts";
export { loadPolicy, type LoadedPolicy, type NamedFile } from "./api/check/load-policy.ts";
export type { ProvenSigners, SignatureProof } from "./api/check/prove-signers.ts";
export type { SignerTrust } from "./api/check/signer-trust.ts";
export { isRemoteReference, localReference, readReference, type ModelReference, type ReferenceKind } from "./source/reference.ts";
export { allowedByScan, scan, type Scan, type ScanOptions } from "./api/scan.ts";
export { assessOpenness, type AssessOptions, type OpennessAssessment } from "./api/assess-openness.ts";
export { assessModelFile, type ModelFileAssessment, type ModelFileOptions } from "./api/assess-model-file.ts";
export {
  listEvaluations,
  showEvaluation,
  type EvaluationList,
  type EvaluationOptions,
  type ModelEvaluation,
  type ShownEvaluation,
} from "./api/evaluations.ts";
export type { EvaluationFilter } from "./api/evaluation-filter.ts";
export { compareOpenness, type ComparedModel, type OpennessCompareOptions, type OpennessComparison } from "./api/compare-openness.ts";
export { importModelFile, type ImportedModelFile, type ImportOptions } from "./api/import-model-file.ts";
export { opennessSchema } from "./api/openness-schema.ts";
export { policySchemaText } from "./api/policy-schema.ts";
export { initPolicy, SECTORS, type InitializedPolicy, type Sector } from "./api/init-policy.ts";
export { diffPolicies, type ComparedDecision, type DiffPoliciesOptions, type PolicyDiff } from "./api/diff-policies.ts";
export { testPolicy, type TestedCase, type TestedPolicy, type TestPolicyOptions } from "./api/test-policy.ts";
export type { RecordedCase } from "./api/recorded-cases.ts";
export { lintPolicyFile, type LintedPolicy, type LintPolicyOptions } from "./api/lint-policy-file.ts";
export { readPolicyFile, type PolicyFileRead } from "./api/policy-file.ts";
export {
  exportTrust,
  initTrust,
  showTrust,
  updateTrust,
  type ExportedTrust,
  type InitializedTrust,
  type ShownTrust,
  type TrustFileOptions,
  type UpdatedTrust,
  type WrittenTrust,
} from "./api/trust.ts";
export {
  compileIdentityPattern,
  findInstance,
  openServers,
  type IdentityPattern,
  type InstanceQuestion,
  type ServerAccess,
} from "./api/instance.ts";
export { openWitnesses, type WitnessServers } from "./api/witnesses.ts";
export { keySigner } from "./signing/key-signer.ts";
export { certificateSigner, type CertificateSource } from "./signing/certificate-signer.ts";
export {
  pkcs11CertificateSigner,
  pkcs11Signer,
  type Pkcs11CertificateOptions,
  type Pkcs11Options,
} from "./signing/pkcs11/pkcs11-signer.ts";
export { vaultSigner, type VaultOptions } from "./signing/vault/vault-signer.ts";
export { pluginSigner, type PluginOptions } from "./signing/plugin/plugin-signer.ts";
export { withCertificate, type CertificateFiles } from "./signing/with-certificate.ts";

export { AssayError, detailsOf, type AssayErrorOptions, type CommandSuggestion } from "./core/error.ts";
export type { ErrorDetails, GivenFileRole, MistakenFile, TextFault } from "./core/error-details.ts";
export type { Finding, FindingOutcome } from "./core/finding.ts";
export { REMEDIES, type Remedy } from "./core/remedies.ts";
export { ERROR_CODES, type ErrorCodeEntry } from "./core/error-meanings.ts";
export type { ErrorCode, ErrorOutcome } from "./core/error-codes.ts";
export { WARNING_CODES, type Warning, type WarningCode } from "./core/warning.ts";
export type * from "./api/results.ts";
export type { Trust, KeyTrust, CertificateTrust, SigstoreTrust, WitnessTrust, ExpectedName } from "./trust/trust.ts";
export type { Evidence, LoggedSignature, ProvenTime, VerifiedTime } from "./trust/sigstore/evidence.ts";
export type { CheckedCertificate, ConsultedList, RevocationReport } from "./trust/x509/revocation.ts";
export type { Revocation } from "./trust/x509/crl-entries.ts";
export type { ValidityPeriod } from "./trust/sigstore/validity.ts";
export type { LogKey } from "./trust/sigstore/log-key.ts";
export type { TrustMaterial, TrustSource } from "./trust/sigstore/trust-source.ts";
export type { TrustedRoot, TransparencyLog, CertificateAuthority } from "./trust/sigstore/trusted-root.ts";
export type { SignerIdentity, SignatureAlgorithm } from "./trust/envelope.ts";
export type { Signer } from "./signing/signer.ts";
export type { ModelSigner, WitnessRequest } from "./signing/seal.ts";
export {
  keylessSigner,
  type KeylessContent,
  type KeylessOptions,
  type KeylessSeal,
  type KeylessSigner,
  type KeylessStep,
} from "./signing/sigstore/keyless-signer.ts";
export type { WitnessStep } from "./signing/sigstore/witness.ts";
export { selectServices, type SelectedLog, type SelectedServices } from "./signing/sigstore/select-services.ts";
export { readSigningConfig, type ConfiguredService, type ServiceSelector, type SigningConfig } from "./signing/sigstore/signing-config.ts";
export {
  ambientSource,
  givenToken,
  interactiveSource,
  type IdentitySource,
  type InteractiveOptions,
  type TokenUse,
} from "./oidc/identity-source.ts";
export type { IdentityFacts, IdentityKind, IdentityToken } from "./oidc/identity-token.ts";
export { systemBrowser, type Desktop, type OpenBrowser } from "./oidc/system-browser.ts";
export { ambientSystem, type AmbientSystem } from "./oidc/ambient.ts";
export type { CommandEnd, ProcessEnvironment, RunCommand } from "./programs/run-command.ts";
export { findTrust, type FoundTrust, type TrustQuestion } from "./roots/find.ts";
export type { MemberCertificate, TrustChange, TrustMember, TrustRole } from "./roots/members.ts";
export type { AuthorityFacts, LogFacts, PrivateInstance } from "./roots/private-instance.ts";
export { httpClient, type HttpAnswer, type HttpClient, type HttpClientOptions, type HttpRequest } from "./network/http.ts";
export { retryingClient, type RetryOptions } from "./network/retry.ts";
export type { RemoteAccess } from "./source/remote/remote-server.ts";
export type { DigestOriginOptions, RemoteOptions } from "./source/remote/remote-options.ts";
export type { DigestOrigin, SourceFacts } from "./source/remote/remote-model.ts";
export type { WalkOptions } from "./source/options.ts";
export type { Progress, ProgressListener, WorkOptions } from "./hashing/work-options.ts";
export type { Difference, Comparison, NotDownloaded, VerifiedModel } from "./comparison/difference.ts";
export type { LeftOut } from "./source/inventory.ts";
export type { FileDigests, HashAlgorithm, Manifest, ManifestContent, Serialization } from "./statement/manifest.ts";
export type { PrivateKeySource } from "./signing/private-key.ts";
export type { FolderAnswer, FolderInspection } from "./api/inspect-folder.ts";
export type { FolderBinding } from "./api/bind-inspection.ts";
export type { FolderCoverage } from "./api/folder-coverage.ts";
export type * from "./api/openness-results.ts";
export type { ExaminedMember, FileExamination, LoadFacts, LoadFinding } from "./risk/findings.ts";
export type { FileRisk, GradedFinding, LoadRisk, MemberRisk } from "./risk/grade.ts";
export type { LoadOutcome } from "./risk/load-outcome.ts";
export type { Allowlist } from "./risk/allowed/allowlist.ts";
export type { ReasonId } from "./risk/reasons.ts";
