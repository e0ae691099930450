import type { YamlValue } from "../../encoding/yaml.ts";
import type { CertificateSigner, KeySigner, PolicySigner, SigstoreSigner, TextRule } from "../policy.ts";
import { CERTIFICATE_USAGES } from "./choices.ts";
import type { Faults } from "./faults.ts";
import { Fields } from "./fields.ts";
import { dateOf, digestOf, namedFileOf, listed, startOfDay } from "./values.ts";

const KINDS = ["sigstore", "certificate", "key"] as const;
const TERMS = ["name", "valid-from", "valid-until"] as const;

/** One signer that the policy trusts: exactly one of `sigstore`, `certificate` and `key`, and when it may sign. */
export function signerOf(value: YamlValue, path: string, faults: Faults): PolicySigner | undefined {
  const fields = Fields.of(value, path, [...KINDS, ...TERMS], faults);
  const kind = fields?.exactlyOne(KINDS, "say how this signer signs");
  const inner = kind === undefined ? undefined : fields?.value(kind);
  if (fields === undefined || kind === undefined || inner === undefined) return undefined;
  const read = { sigstore: sigstoreOf, certificate: certificateOf, key: keyOf }[kind];
  const identified = read(inner, fields.pathOf(kind), faults);
  const terms = termsOf(fields);
  return identified === undefined ? undefined : { ...identified, ...terms, place: fields.place };
}

type Terms = "place" | "label" | "validFrom" | "validUntil";

function termsOf(fields: Fields): Pick<PolicySigner, Exclude<Terms, "place">> {
  const date = (key: "valid-from" | "valid-until"): string | undefined => {
    const value = fields.value(key);
    return value && dateOf(value, fields.pathOf(key), fields.faults);
  };
  const [validFrom, validUntil] = [date("valid-from"), date("valid-until")];
  if (validFrom !== undefined && validUntil !== undefined && startOfDay(validUntil) < startOfDay(validFrom)) {
    fields.fault(
      "POLICY_VALUE",
      fields.value("valid-until")?.place ?? fields.place,
      `${fields.pathOf("valid-until")} is before valid-from`,
    );
  }
  return { label: fields.text("name", { max: 100 }), validFrom, validUntil };
}

function sigstoreOf(value: YamlValue, path: string, faults: Faults): Omit<SigstoreSigner, Terms> | undefined {
  const known = ["identity", "identity-regexp", "issuer", "issuer-regexp", "trusted-root"];
  const fields = Fields.of(value, path, known, faults);
  if (fields === undefined) return undefined;
  const identity = textRule(fields, "identity", "say who signs");
  const issuer = textRule(fields, "issuer", "say which identity provider vouches for the identity");
  const root = fields.value("trusted-root");
  const trustedRoot = root && namedFileOf(root, fields.pathOf("trusted-root"), faults);
  if (issuer?.kind === "exact" && !isIssuer(issuer.text)) {
    const why = "expected an https address (or http on this machine), letter by letter";
    fields.fault(
      "POLICY_VALUE",
      fields.value("issuer")?.place ?? fields.place,
      `${fields.pathOf("issuer")} is ${JSON.stringify(issuer.text)}: ${why}`,
    );
  }
  return identity === undefined || issuer === undefined ? undefined : { kind: "sigstore", identity, issuer, trustedRoot };
}

/** Patterns are compiled by `readPolicy`, which waits for the code that does it. */
function textRule(fields: Fields, key: "identity" | "issuer", why: string): TextRule | undefined {
  const given = fields.exactlyOne([key, `${key}-regexp`], why);
  if (given === undefined) return undefined;
  const text = fields.text(given, { max: 2000 });
  return text === undefined
    ? undefined
    : { kind: given === key ? "exact" : "pattern", text, place: fields.value(given)?.place ?? fields.place };
}

function isIssuer(text: string): boolean {
  if (!URL.canParse(text) || /\s/.test(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || (protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname));
}

function certificateOf(value: YamlValue, path: string, faults: Faults): Omit<CertificateSigner, Terms> | undefined {
  const known = ["roots", "intermediates", "subject", "fingerprint", "crl", "usage"];
  const fields = Fields.of(value, path, known, faults);
  if (fields === undefined) return undefined;
  if (!fields.has("roots")) fields.missing("roots", "name the certificates of the authorities that are trusted");
  const files = (key: string): CertificateSigner["roots"] => listed(fields.value(key), fields.pathOf(key), faults, namedFileOf, 100) ?? [];
  const fingerprint = fields.value("fingerprint");
  return {
    kind: "certificate",
    roots: files("roots"),
    intermediates: files("intermediates"),
    subject: fields.text("subject", { max: 2000 }),
    fingerprint: fingerprint && digestOf(fingerprint, fields.pathOf("fingerprint"), faults)?.slice("sha256:".length),
    revocationLists: files("crl"),
    usage: fields.choice("usage", CERTIFICATE_USAGES) ?? "code-signing-or-none",
  };
}

function keyOf(value: YamlValue, path: string, faults: Faults): Omit<KeySigner, Terms> | undefined {
  const fields = Fields.of(value, path, ["file", "pem"], faults);
  const given = fields?.exactlyOne(["file", "pem"], "name the file of the public key, or write the key as PEM");
  const inner = given === undefined ? undefined : fields?.value(given);
  if (fields === undefined || inner === undefined) return undefined;
  if (given === "file") {
    const key = namedFileOf(inner, fields.pathOf("file"), faults);
    return key && { kind: "key", key };
  }
  const pem = fields.text("pem", { max: 20_000 });
  return pem === undefined ? undefined : { kind: "key", key: { pem, place: inner.place } };
}
