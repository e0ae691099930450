import assert from "node:assert/strict";
import { readSshPublicKey } from "../../src/trust/ssh-public-key.ts";
import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { suite, test } from "node:test";
import { adviceText } from "../../src/cli/text/advice.ts";
import { encodePem } from "../../src/encoding/pem.ts";
import { readPrivateKey } from "../../src/signing/private-key.ts";
import { parsePublicKey } from "../../src/trust/public-key.ts";
import { readPublicKey } from "../../src/trust/public-key-file.ts";
import { refusedWith, rejectsWith } from "../support/rejects.ts";
import { makeCa } from "../support/x509/make.ts";

const wire = (...fields: (Uint8Array | string)[]): Buffer =>
  Buffer.concat(
    fields.flatMap((field) => {
      const bytes = Buffer.from(field);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const octets = (text: string | undefined): Buffer => Buffer.from(text ?? "", "base64url");
const spki = (key: KeyObject): Buffer => createPublicKey(key).export({ type: "spki", format: "der" });

const ed = generateKeyPairSync("ed25519");
const edPublic = octets(ed.publicKey.export({ format: "jwk" }).x);
const edLine = `ssh-ed25519 ${wire("ssh-ed25519", edPublic).toString("base64")} me@host\n`;

suite("a file of several public keys", () => {
  const pem = (key: KeyObject): string => encodePem("PUBLIC KEY", spki(key));
  const other = generateKeyPairSync("ed25519");

  test("is rejected where they differ: the first may not be the one that is meant", () =>
    refusedWith("KEY_INVALID", () => readPublicKey(pem(ed.privateKey) + pem(other.privateKey))));

  test("is read where they are the same", () =>
    assert.deepEqual(Buffer.from(readPublicKey(pem(ed.privateKey) + pem(ed.privateKey))), spki(ed.privateKey)));
});

suite("an OpenSSH public key", () => {
  test("of Ed25519 is read", () => assert.deepEqual(Buffer.from(readPublicKey(edLine)), spki(ed.privateKey)));

  test("of RSA is read", () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const { n, e } = publicKey.export({ format: "jwk" });
    const blob = wire("ssh-rsa", octets(e), Buffer.concat([Uint8Array.of(0), octets(n)]));
    assert.deepEqual(Buffer.from(readPublicKey(`ssh-rsa ${blob.toString("base64")}`)), spki(privateKey));
  });

  for (const [curve, name] of [
    ["P-256", "nistp256"],
    ["P-384", "nistp384"],
    ["P-521", "nistp521"],
  ] as const) {
    test(`on ${curve} is read`, () => {
      const { privateKey } = generateKeyPairSync("ec", { namedCurve: curve });
      const whole = spki(privateKey);
      const point = whole.subarray(-{ nistp256: 65, nistp384: 97, nistp521: 133 }[name]);
      const blob = wire(`ecdsa-sha2-${name}`, name, point);
      assert.deepEqual(parsePublicKey(readPublicKey(`ecdsa-sha2-${name} ${blob.toString("base64")} x`)).spki, new Uint8Array(whole));
    });
  }

  const broken: readonly [string, string][] = [
    ["of two kinds", `ssh-ed25519 ${wire("ssh-rsa", edPublic).toString("base64")}`],
    ["of two curves", `ecdsa-sha2-nistp256 ${wire("ecdsa-sha2-nistp256", "nistp384", edPublic).toString("base64")}`],
    ["that is cut off", `ssh-ed25519 ${wire("ssh-ed25519", edPublic).subarray(0, -3).toString("base64")}`],
    ["with data behind it", `ssh-ed25519 ${Buffer.concat([wire("ssh-ed25519", edPublic), number(0)]).toString("base64")}`],
    ["of two lines", edLine + edLine],
    [
      "that a security token holds",
      `sk-ssh-ed25519@openssh.com ${wire("sk-ssh-ed25519@openssh.com", edPublic, "ssh:").toString("base64")}`,
    ],
    ["of DSA", `ssh-dss ${wire("ssh-dss", edPublic).toString("base64")}`],
  ];
  test("of two kinds is refused by its reader, whatever its first words are", async () => {
    const line = `ssh-ed25519 ${wire("ssh-rsa", edPublic).toString("base64")}`;
    assert.match((await rejectsWith("KEY_INVALID", () => readSshPublicKey(line))).message, /two kinds of key/);
  });
  for (const [what, line] of broken)
    test(`${what} is refused`, () => rejectsWith("KEY_INVALID", () => readPublicKey(line)) as unknown as Promise<void>);
});

suite("a PKCS#1 public key", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  test("is read, in PEM and DER", () => {
    const pem = publicKey.export({ type: "pkcs1", format: "pem" }).toString();
    for (const file of [pem, Buffer.from(pem), publicKey.export({ type: "pkcs1", format: "der" })]) {
      assert.deepEqual(Buffer.from(readPublicKey(file)), spki(privateKey));
    }
  });
});

suite("an OpenSSH private key", () => {
  function openssh(type = "ssh-ed25519", cipher = "none", checks: readonly [number, number] = [7, 7]): string {
    const secret = Buffer.concat([octets(ed.privateKey.export({ format: "jwk" }).d), edPublic]);
    const inner = Buffer.concat([number(checks[0]), number(checks[1]), wire(type, edPublic, secret, "me@host"), Buffer.of(1, 2, 3)]);
    const kdf = cipher === "none" ? "none" : "bcrypt";
    const body = Buffer.concat([Buffer.from("openssh-key-v1\0"), wire(cipher, kdf, ""), number(1), wire(wire(type, edPublic), inner)]);
    return encodePem("OPENSSH PRIVATE KEY", body);
  }

  test("of Ed25519 without a passphrase is read: ssh-keygen converts it to nothing else", () => {
    assert.deepEqual(Buffer.from(readPrivateKey({ privateKey: openssh() }).publicKey), spki(ed.privateKey));
  });

  test("of another kind is converted by ssh-keygen, and the message says how, with its file's name", async () => {
    const error = await rejectsWith("KEY_INVALID", () => readPrivateKey({ privateKey: { name: "id_rsa", content: openssh("ssh-rsa") } }));
    assert.equal(error.outcome, "usage");
    assert.equal(error.message, "the private key id_rsa: it is an OpenSSH private key, not a private key in a supported format");
    assert.equal(adviceText(error), "Convert a copy of it: cp id_rsa COPY; ssh-keygen -p -m PKCS8 -f COPY");
  });

  test("with a passphrase is told how to lose it, and one of a token that it cannot sign", async () => {
    const encrypted = await rejectsWith("KEY_INVALID", () => readPrivateKey({ privateKey: openssh("ssh-ed25519", "aes256-ctr") }));
    assert.match(adviceText(encrypted) ?? "", /ssh-keygen -p -N '' -f COPY/);
    await rejectsWith("KEY_INVALID", () => readPrivateKey({ privateKey: openssh("sk-ssh-ed25519@openssh.com") }));
    await rejectsWith("KEY_INVALID", () => readPrivateKey({ privateKey: openssh("ssh-ed25519", "none", [1, 2]) }));
  });
});

suite("a key file of the caller's that cannot serve", () => {
  test("is a wrong question, names the file and its role, and is never called damaged where its format is known", async () => {
    const ca = makeCa();
    for (const content of ["<html></html>", "", ca.pem, encodePem("ENCRYPTED SIGSTORE PRIVATE KEY", Buffer.from("{}"))]) {
      const error = await rejectsWith("KEY_INVALID", () => readPrivateKey({ privateKey: { name: "my.key", content } }));
      assert.equal(error.outcome, "usage");
      assert.match(error.message, /^the private key my\.key: it is /);
      assert.doesNotMatch(error.message, /damaged/);
    }
  });
});
