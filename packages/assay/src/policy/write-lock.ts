import type { Lock, LockedModel, SignerRecord } from "./lock.ts";

/**
 * A lock file as text: YAML in block style with one key a line, sorted by name, so that versions of it merge well. The same
 * lock gives the same bytes, and `readLock` reads it back. A name that YAML as read here cannot hold (a control character,
 * `<<`) gives a text that `readLock` refuses.
 */
export function writeLock({ models }: Lock): string {
  const entries = [...models].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const body = entries.map(
    ([name, model]) =>
      `  ${scalar(name)}:\n${modelLines(model)
        .map((line) => `    ${line}\n`)
        .join("")}`,
  );
  return `version: 1\nmodels:${body.length === 0 ? " {}" : ""}\n${body.join("")}`;
}

function modelLines({ manifest, signer, revision, signedAt, decision, policy, pinned }: LockedModel): string[] {
  return [
    line("manifest", manifest),
    ...(signer === null ? ["signer: null"] : ["signer:", ...signerLines(signer).map((text) => `  ${text}`)]),
    ...(revision === undefined ? [] : [line("revision", revision)]),
    ...(signedAt === undefined ? [] : [line("signed-at", signedAt)]),
    line("decision", decision),
    line("policy", policy),
    line("pinned", pinned),
  ];
}

function signerLines(signer: SignerRecord): string[] {
  switch (signer.method) {
    case "key":
      return [line("method", "key"), line("fingerprint", signer.fingerprint)];
    case "certificate":
      return [line("method", "certificate"), line("subject", signer.subject), line("root", signer.root)];
    case "sigstore":
      return [line("method", "sigstore"), line("identity", signer.identity), line("issuer", signer.issuer)];
  }
}

function line(key: string, value: string): string {
  return `${key}: ${scalar(value)}`;
}

/** What is the same text without quotes. */
const PLAIN = /^[A-Za-z][A-Za-z0-9._/@+-]*(?::[A-Za-z0-9._/@+-]+)*$/;
/** What some reader of YAML takes for a boolean, nothing or a number; hexadecimal digits are quoted whatever they begin with. */
const OTHER = /^(?:y|n|yes|no|on|off|true|false|null|[0-9a-f]{7,})$/i;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** Characters that JSON leaves as they are, and that a person does not see. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

function scalar(text: string): string {
  if (MOMENT.test(text) || (PLAIN.test(text) && !OTHER.test(text))) return text;
  return JSON.stringify(text).replace(UNSEEN, escaped);
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`).join("");
}
