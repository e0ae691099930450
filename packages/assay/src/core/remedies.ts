/**
 * What a person can do about an error, by name. The texts here are for users of the library and know
 * no command and no option; the command has its own text for each in cli/text/remedy-texts.ts.
 */
export const REMEDIES = {
  // The signature and the method.
  "name-signature": "name the file of the signature, or ask the publisher for one",
  "choose-signature": "name one of the signatures",
  "choose-attached": "name one of the signatures by its digest",
  "unlink-signature": "put the signature itself there, or name one outside of the model",
  "name-linked-signature": "name the file at the end of the link as the signature",
  "verify-by-signed-method": "verify by the method that the signature was made with",
  "sign-with-chain":
    "if it was signed with a certificate and no chain, sign again with the chain; otherwise verify it as a keyless signature",
  "verify-with-certificate": "verify by the method for certificates, or take the public key out of the certificate",

  "replace-mistaken-file": "give the right file, converted where it has another program's format",

  // Trust.
  "add-root": "get the root certificate from the authority itself and add it to the ones that are trusted",
  "add-chain-certificate": "if that issuer is trusted, get its certificate from the issuer itself and add it",
  "add-revocation-list": "add the list that this issuer publishes",
  "add-timestamp-root": "add the root certificate of the timestamp authority",
  "refresh-root": "get a current trusted root",
  "export-older-root": "try again with a network, or accept the older root",
  "go-online-or-name-root": "connect to the network once, or name a trusted root",
  "reinstall-or-name-root": "install the package again, or name a trusted root",

  // The model.
  "allow-outside-links": "put the file itself into the model; if the link is intended, allow links as the caller",
  "replace-link": "replace the link by the file, leave it out, or allow links",
  "rename-or-leave-out": "rename it, or leave out the folder that it is in",
  "pull-lfs": "download the files themselves: git lfs pull",
  "remove-or-leave-out": "remove it, or leave it out",

  // Openness.
  "list-evaluations": "see the names of all evaluations",
  "assess-folder": "assess the folder itself, which reads every file in it",

  // Files to write.
  "name-other-output": "name another file to write",
  "replace-output": "name another file to write, or allow this one to be replaced",

  // Evidence.
  "name-verifier": "if the signer is trusted as this verifier, expect it",
  "sign-evidence": "get signed evidence, or sign one's own when it is written",
  "name-trusted-signer": "say whom you trust to have signed",
  "check-again": "check the model again",

  // Keys and certificates for signing.
  "give-password": "give the password of the private key",
  "remove-passphrase": "remove the passphrase from a copy of the key",
  "use-key-file": "for a key in a file, read the file",
  "name-certificate": "name the certificate of the key",
  "choose-certificate": "name one of the certificates",
  "name-pkcs11-module": "name the file of the PKCS#11 module",
  "name-pkcs11-module-or-uri": "name the file of the PKCS#11 module, or add ?module-path=/path/of/module.so to the URI",

  // Identities and servers.
  "give-identity-token": "give an identity token, or take the one of the CI system",
  "give-token-or-log-in": "give an identity token, or log in",
  "log-in-again": "start again and log in in the browser window that opens, or log in with a code from another device",
  "allow-host": "if that server is meant, allow its host",
  "give-hub-token": "ask for access where the model is, and give a token that may read it",
  "give-bucket-credentials": "give credentials that may read the bucket, as the tools of AWS find them",
  "wait-for-server": "wait, and read fewer files at once",
  "wait-for-hub": "wait, or give a token: limits are higher with one",
  "log-in-to-registry": "log in to the registry, as with docker login",
  "wait-for-registry": "wait, or log in to the registry: limits are higher with an account",
  "name-manifest": "name one by its digest",
  "name-certificate-authority": "name a certificate authority",
  "name-log": "name a transparency log",
  "name-listed-log": "name a log that the trusted root lists, or a trusted root that lists this log",
  "name-log-origin": "describe the instance again, with the name that the log has in its checkpoints",
  "name-timestamp-authority": "such a log proves no time: name a timestamp authority",
  "name-timestamp-authority-or-log-version": "name a timestamp authority with its certificates, or say that the log is of version 1",
} as const;

/** The name of what a person can do about an error. */
export type Remedy = keyof typeof REMEDIES;
