import { detailsOf, mistakenFileOf, type AssayError } from "../../core/error.ts";
import type { Remedy } from "../../core/remedies.ts";
import { shellCommand } from "./shell-quote.ts";
import { wayOut } from "./way-out.ts";

/** What to do about an error: words, and where one fits a command, quoted for a shell. */
export interface Advice {
  /** A sentence without its full stop, or with a command the words before its colon. */
  readonly text: string;
  readonly line?: string;
}

/** Undefined where nothing is known to help. */
type AdviceOf = string | ((error: AssayError) => Advice | undefined);

/** Every remedy in the words of the command: the one place that says which option or command is its way. */
export const REMEDY_TEXTS: Readonly<Record<Remedy, AdviceOf>> = {
  "name-signature": "Name it with --signature FILE, or ask the publisher for one: without it nothing proves who made the model",
  "choose-signature": "Name one with --signature FILE",
  "unlink-signature": "Put the signature itself there, or keep it outside of the model and name it with --signature FILE",
  "name-linked-signature": "Name the file at the end of the link with --signature FILE",
  "verify-by-signed-method": (error) => ({
    text: "Verify it with",
    line: VERIFY_LINES[detailsOf(error, "METHOD_MISMATCH")?.signedBy ?? "key"],
  }),
  "sign-with-chain": () => ({
    text: "If it was signed with a certificate and no chain, only its signer can help: sign again with --certificate-chain. Otherwise try",
    line: VERIFY_LINES.sigstore,
  }),
  "verify-with-certificate": () => ({
    text: "Take its key with openssl x509 -in CERTIFICATE -noout -pubkey, or verify with",
    line: VERIFY_LINES.certificate,
  }),

  "replace-mistaken-file": (error) => {
    const file = mistakenFileOf(error);
    const way = file && wayOut(file);
    return way === undefined ? undefined : { text: capitalized(way) };
  },

  "add-root": "Get the root certificate from the authority itself, not from the model, and add it with --certificate-chain ROOT",
  "add-chain-certificate": "If you trust that issuer, get its certificate from the issuer itself and add it with --certificate-chain",
  "add-revocation-list": "Add the list that this issuer publishes, with --crl",
  "add-timestamp-root": "Add the root of the timestamp authority to the file of --tsa-chain",
  "refresh-root": () => ({ text: "Name a current trusted root with --trusted-root, or refresh it", line: "assay trust update" }),
  "export-older-root": "Try again with a network; to write the older root all the same, add --offline",
  "go-online-or-name-root": "Connect to the network once, or name a trusted root with --trusted-root FILE",
  "reinstall-or-name-root": "Install Assay again, or name a trusted root with --trusted-root FILE",

  "allow-outside-links":
    "Put the file itself into the model; if the link is intended, as in the cache of a hub, allow it yourself with --allow-symlinks",
  "replace-link": "Replace the link by the file, or allow links with --allow-symlinks; a command with --ignore-paths can leave it out",
  "rename-or-leave-out": "Rename it, or leave out the folder that it is in with --ignore-paths",
  "pull-lfs": "Download the files themselves: git lfs pull",
  "remove-or-leave-out": "Remove it, or leave it out with --ignore-paths",

  "list-evaluations": () => ({ text: "See all names, or those with a word in them", line: "assay openness list WORD" }),
  "assess-folder": (error) => ({
    text: "See what else is in it",
    line: shellCommand(["assay", "openness", detailsOf(error, "FILE_NOT_FOUND")?.folder ?? "FOLDER"]),
  }),

  "name-other-output": "Name another file",
  "replace-output": "Name another file, or replace this one with --force",

  "name-verifier": "If you trust the signer as this verifier, name it with --verifier-id URI",
  "sign-evidence": "Ask for signed evidence; your own you sign with assay check --evidence FOLDER --sign METHOD",
  "name-trusted-signer": "Name the signer: --public-key FILE, --certificate-chain FILE, or --identity NAME and --identity-provider URL",
  "check-again": "Check the model again with assay check, or accept older evidence with --max-age",

  "give-password": "Give it with --password, in ASSAY_KEY_PASSWORD, or at the prompt of a terminal",
  "remove-passphrase": "Remove the passphrase from a copy of it: cp KEY COPY; ssh-keygen -p -N '' -f COPY",
  "use-key-file": "For a key in a file, use --private-key FILE",
  "name-certificate": "Name it with --signing-certificate FILE",
  "choose-certificate": "Name one with --signing-certificate FILE",
  "name-pkcs11-module": "Name the file of the module with --module-path FILE",
  "name-pkcs11-module-or-uri": "Name the file of the module with --module-path FILE, or add ?module-path=/path/of/module.so to the URI",

  "give-identity-token": "Give a token with --identity-token, or take the one of the CI system with --use-ambient-credentials",
  "give-token-or-log-in": "Give a token with --identity-token, or log in without --use-ambient-credentials",
  "log-in-again": "Start again and log in in the browser window that opens, or log in without a browser here with --oauth-force-oob",
  "allow-host": "If that server is meant, allow it with --allow-host HOST",
  "give-hub-token": "Ask for access where the model is, and put a token that may read it into HF_TOKEN",
  "give-bucket-credentials": "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, to an account that may read it",
  "wait-for-server": "Wait, and read fewer files at once with --parallel",
  "wait-for-hub": "Wait, or put a token into HF_TOKEN: limits are higher with one",
  "choose-attached": "Name one by its digest: --signature sha256:…",
  "log-in-to-registry": "Log in with docker login, podman login or oras login, with an account that may read it",
  "wait-for-registry": "Wait, or log in with docker login: limits are higher with an account",
  "name-manifest": "Name one by its digest: oci:REGISTRY/REPOSITORY@sha256:…",
  "name-certificate-authority": "Name one with --fulcio-url",
  "name-log": "Name one with --rekor-url",
  "name-listed-log": "Name a log that the root lists with --rekor-url, or a root that lists this log with --trust-config or --trusted-root",
  "name-log-origin": "Write the trusted root again with assay trust init, and give the name in the log's checkpoints with --rekor-origin",
  "name-timestamp-authority": "Such a log proves no time: name a timestamp authority, for example with --tsa-url",
  "name-timestamp-authority-or-log-version":
    "Name one with --tsa-url and --tsa-chain; or, if the log is of version 1, say so with --rekor-version 1",
};

const VERIFY_LINES = {
  key: "assay verify key MODEL --public-key PUBLIC_KEY",
  certificate: "assay verify certificate MODEL --certificate-chain ROOT",
  sigstore: "assay verify sigstore MODEL --identity IDENTITY --identity-provider URL",
} as const;

export function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
