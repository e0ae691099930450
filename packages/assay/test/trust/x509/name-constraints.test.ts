import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { ErrorCode } from "../../../src/core/error-codes.ts";
import { validateCertificatePath } from "../../../src/trust/x509/path.ts";
import type { PathProfile } from "../../../src/trust/x509/profile.ts";
import { derNull, explicit, ia5, implicit, integer, printable, sequence, tlv } from "../../support/der-writer.ts";
import { rejectsWith } from "../../support/rejects.ts";
import {
  directoryName,
  dnsName,
  email,
  ipAddress,
  makeCa,
  makeCertificate,
  name,
  nameConstraints,
  NOW,
  otherName,
  registeredId,
  uri,
  type CertificateRecipe,
  type MadeCertificate,
} from "../../support/x509/make.ts";

const O = "2.5.4.10";
const CN = "2.5.4.3";
const EMAIL_ADDRESS = "1.2.840.113549.1.9.1";

async function validate(
  leaf: MadeCertificate,
  between: readonly MadeCertificate[],
  anchor: MadeCertificate,
  profile: PathProfile = "strict",
): Promise<number> {
  const candidates = between.map(({ der }) => der);
  const path = await validateCertificatePath({ leaf: leaf.der, candidates, anchors: [anchor.der], at: NOW, profile });
  return path.certificates.length;
}

/** Whether a root with these constraints may issue a leaf of these names. */
async function mayName(
  constraints: Parameters<typeof nameConstraints>[0],
  names: Uint8Array[],
  recipe: CertificateRecipe = {},
): Promise<boolean> {
  const root = makeCa({ nameConstraints: nameConstraints(constraints) });
  const leaf = makeCertificate({ subject: name(), namesCritical: true, issuer: root, names, ...recipe });
  try {
    await validate(leaf, [], root);
    return true;
  } catch (error) {
    await rejectsWith("CERTIFICATE_NAME_CONSTRAINT", () => {
      throw error;
    });
    return false;
  }
}

const dnsNameOf = (...octets: number[]): Uint8Array => implicit(2, tlv(0x16, Uint8Array.from(octets)));

interface Case {
  readonly form: string;
  readonly subtree: Uint8Array;
  readonly inside: readonly Uint8Array[];
  readonly outside: readonly Uint8Array[];
}

const dn = (...attributes: [string, string | Uint8Array][]): Uint8Array => directoryName(name(...attributes));

const cases: readonly Case[] = [
  {
    form: "a DNS name",
    subtree: dnsName("Example.com"),
    inside: ["example.com", "a.EXAMPLE.com", "a.b.example.com", "*.example.com"].map(dnsName),
    outside: ["notexample.com", "com", "example.com.org", "*.com"].map(dnsName),
  },
  { form: "every DNS name", subtree: dnsName(""), inside: [dnsName("a.example")], outside: [] },
  {
    form: "a mailbox",
    subtree: email("Me*@Example.com"),
    inside: [email("Me*@example.COM")],
    outside: ["me*@example.com", "Mex@example.com", "Me*@a.example.com"].map(email),
  },
  {
    form: "the mailboxes of a host",
    subtree: email("example.com"),
    inside: ["me@example.com", "you@EXAMPLE.com"].map(email),
    outside: ["me@a.example.com", "me@notexample.com"].map(email),
  },
  {
    form: "the mailboxes of a domain",
    subtree: email(".example.com"),
    inside: [email("me@a.Example.com"), email("me@a.b.example.com")],
    outside: [email("me@example.com"), email("me@notexample.com")],
  },
  {
    form: "the URIs of a host",
    subtree: uri("example.com"),
    inside: ["https://example.com/a", "https://me@EXAMPLE.com:8080", "spiffe://example.com/model"].map(uri),
    outside: ["https://a.example.com/", "https://example.org/?example.com", "https://example.com@evil.org/"].map(uri),
  },
  {
    form: "the URIs of a domain",
    subtree: uri(".example.com"),
    inside: [uri("https://a.example.com/"), uri("https://a.b.example.com")],
    outside: [uri("https://example.com/"), uri("https://notexample.com/")],
  },
  {
    form: "an IPv4 range",
    subtree: ipAddress(192, 0, 2, 0, 255, 255, 255, 128),
    inside: [ipAddress(192, 0, 2, 0), ipAddress(192, 0, 2, 127)],
    outside: [ipAddress(192, 0, 2, 128), ipAddress(192, 0, 3, 1)],
  },
  {
    form: "an IPv6 range",
    subtree: ipAddress(0x20, 1, 0xd, 0xb8, ...Array<number>(12).fill(0), ...Array<number>(4).fill(255), ...Array<number>(12).fill(0)),
    inside: [ipAddress(0x20, 1, 0xd, 0xb8, ...Array<number>(12).fill(7))],
    outside: [ipAddress(0x20, 1, 0xd, 0xb9, ...Array<number>(12).fill(7))],
  },
  {
    form: "a directory name",
    subtree: dn([O, "Acme"]),
    inside: [dn([O, "Acme"]), dn([O, printable("ACME ")], [CN, "a"])],
    outside: [dn([CN, "a"], [O, "Acme"]), dn([O, "Acme Inc"]), dn([CN, "Acme"]), dn([O, "Acme+2.5.4.3=a"])],
  },
];

suite("a name constraint on", () => {
  for (const { form, subtree, inside, outside } of cases) {
    test(`${form} permits what is inside and nothing else of its form`, async () => {
      for (const inner of inside) assert.equal(await mayName({ permitted: [subtree] }, [inner]), true);
      for (const outer of outside) assert.equal(await mayName({ permitted: [subtree] }, [outer]), false);
    });
    test(`${form} excludes what is inside and nothing else`, async () => {
      for (const inner of inside) assert.equal(await mayName({ excluded: [subtree] }, [inner]), false);
      for (const outer of outside.filter((each) => !Buffer.from(each).toString("latin1").includes("*."))) {
        assert.equal(await mayName({ excluded: [subtree] }, [outer]), true);
      }
    });
    test(`${form} says nothing of other forms`, async () => {
      const others = [dnsName("other.example"), email("a@other.example"), uri("https://other.example/"), ipAddress(10, 0, 0, 1)];
      for (const other of others.filter((each) => each[0] !== subtree[0])) {
        assert.equal(await mayName({ permitted: [subtree] }, [other]), true);
        assert.equal(await mayName({ excluded: [subtree] }, [other]), true);
      }
    });
  }

  test("DNS names holds for every name that a wildcard matches", async () => {
    const wildcard = [dnsName("*.example.com")];
    assert.equal(await mayName({ permitted: [dnsName("a.example.com")] }, wildcard), false);
    assert.equal(await mayName({ excluded: [dnsName("a.example.com")] }, wildcard), false);
    assert.equal(await mayName({ excluded: [dnsName("a.b.example.com")] }, wildcard), true);
    assert.equal(await mayName({ excluded: [dnsName("example.org")] }, wildcard), true);
  });

  test("URIs refuses those that name no host", async () => {
    for (const constraint of [{ permitted: [uri("example.com")] }, { excluded: [uri("example.com")] }]) {
      for (const without of ["urn:isbn:1", "https://192.0.2.1/", "https://[::1]/", "mailto:me@example.com"]) {
        assert.equal(await mayName(constraint, [uri(without)]), false);
      }
    }
  });

  test("a form that is not understood refuses every name of that form", async () => {
    const strange = otherName("1.3.6.1.4.1.55738.1", derNull());
    assert.equal(await mayName({ permitted: [strange] }, [strange]), false);
    assert.equal(await mayName({ excluded: [strange] }, [otherName("1.3.6.1.4.1.55738.2", derNull())]), false);
    assert.equal(await mayName({ excluded: [registeredId("1.2.3")] }, [registeredId("1.2.4")]), false);
    assert.equal(await mayName({ excluded: [strange] }, [dnsName("a.example")]), true);
  });

  test("mailboxes refuses those beyond ASCII, which it cannot compare", async () => {
    const smtpUtf8 = otherName("1.3.6.1.5.5.7.8.9", derNull());
    assert.equal(await mayName({ permitted: [email("example.com")] }, [smtpUtf8]), false);
    assert.equal(await mayName({ excluded: [email("example.com")] }, [smtpUtf8]), false);
    assert.equal(await mayName({ excluded: [dnsName("example.com")] }, [smtpUtf8]), true);
  });

  test("directory names holds for the subject, alternative names or not", async () => {
    const permitted = [dn([O, "Acme"])];
    const inside = { subject: name([O, "Acme"], [CN, "a"]) };
    const outside = { subject: name([O, "Other"]) };
    assert.equal(await mayName({ permitted }, [dnsName("a.example")], inside), true);
    assert.equal(await mayName({ permitted }, [dn([O, "Acme"])], outside), false);
    assert.equal(await mayName({ excluded: permitted }, [dnsName("a.example")], inside), false);
  });

  test("mailboxes holds for those in the subject too", async () => {
    const subject = name([EMAIL_ADDRESS, ia5("me@example.com")]);
    assert.equal(await mayName({ permitted: [email("example.com")] }, [dnsName("a.example")], { subject }), true);
    assert.equal(await mayName({ permitted: [email("example.org")] }, [dnsName("a.example")], { subject }), false);
    assert.equal(await mayName({ excluded: [email("example.com")] }, [dnsName("a.example")], { subject }), false);
    const malformed = name([EMAIL_ADDRESS, ia5("me@you@example.com")]);
    assert.equal(await mayName({ excluded: [email("example.org")] }, [dnsName("a.example")], { subject: malformed }), false);
  });

  test("any of several names refuses the certificate", async () => {
    const names = [dnsName("example.com"), dnsName("example.org")];
    assert.equal(await mayName({ permitted: [dnsName("example.com")] }, names), false);
    assert.equal(await mayName({ excluded: [dnsName("example.org")] }, names), false);
  });

  test("any of several subtrees permits, and an excluded one outweighs it", async () => {
    const permitted = [dnsName("example.com"), dnsName("example.org")];
    assert.equal(await mayName({ permitted }, [dnsName("a.example.org")]), true);
    assert.equal(await mayName({ permitted, excluded: [dnsName("a.example.org")] }, [dnsName("a.example.org")]), false);
  });
});

suite("name constraints along a path", () => {
  const permit = (...hosts: string[]): { nameConstraints: Uint8Array } => ({
    nameConstraints: nameConstraints({ permitted: hosts.map(dnsName) }),
  });
  const refusesBelow = (above: Uint8Array[], leafName: string, intermediate: CertificateRecipe = {}): Promise<unknown> =>
    rejectsWith("CERTIFICATE_NAME_CONSTRAINT", () => validateBelow(above, leafName, intermediate));
  /** A chain of CAs, each with one of these constraints, and a leaf of this name. */
  const validateBelow = (above: Uint8Array[], leafName: string, intermediate: CertificateRecipe = {}): Promise<number> => {
    const [first, ...rest] = above;
    const root = makeCa({ ...(first && { nameConstraints: first }) });
    const cas = [root];
    for (const [index, constraints] of rest.entries()) {
      cas.push(makeCa({ subject: `ca ${index}`, issuer: cas.at(-1)!, nameConstraints: constraints }));
    }
    cas.push(makeCa({ subject: "last", issuer: cas.at(-1)!, ...intermediate }));
    return validate(makeCertificate({ issuer: cas.at(-1)!, names: [dnsName(leafName)] }), cas.slice(1), root);
  };

  test("add up: each narrows what those above it left", async () => {
    const [both, one] = [permit("a.example", "b.example").nameConstraints, permit("b.example").nameConstraints];
    assert.equal(await validateBelow([both, one], "b.example"), 4);
    await refusesBelow([both, one], "a.example");
    await refusesBelow([one, both], "a.example");
    await refusesBelow([one, permit("a.example").nameConstraints], "a.example");
  });

  test("hold for the names of CAs as well", async () => {
    const excluded = nameConstraints({ excluded: [dnsName("b.example")] });
    assert.equal(await validateBelow([excluded], "a.example", { names: [dnsName("c.example")] }), 3);
    await refusesBelow([excluded], "a.example", { names: [dnsName("b.example")] });
  });

  test("do not hold for a CA that is self-issued, but for a leaf that is", async () => {
    const root = makeCa({ subject: "root", ...permit("a.example"), names: [dnsName("b.example")] });
    const rolled = makeCa({ subject: "root", issuer: root, names: [dnsName("b.example")] });
    assert.equal(await validate(makeCertificate({ issuer: rolled, names: [dnsName("a.example")] }), [rolled], root), 3);
    const selfIssued = makeCertificate({ subject: "root", issuer: root, names: [dnsName("b.example")] });
    await rejectsWith("CERTIFICATE_NAME_CONSTRAINT", () => validate(selfIssued, [], root));
  });

  test("do not hold for the CA itself that has them", async () => {
    const root = makeCa({ names: [dnsName("b.example")], ...permit("a.example") });
    assert.equal(await validate(makeCertificate({ issuer: root, names: [dnsName("a.example")] }), [], root), 2);
  });
});

suite("a malformed name constraint", () => {
  const subtree = (...parts: Uint8Array[]): Uint8Array => sequence(explicit(0, sequence(...parts)));
  const permitted = (base: Uint8Array): Uint8Array => nameConstraints({ permitted: [base] });
  const malformed: readonly [string, ErrorCode, Uint8Array][] = [
    ["is a wildcard", "CERTIFICATE_NAME_CONSTRAINT", permitted(dnsName("*.example.com"))],
    ["is a DNS name with a leading period", "CERTIFICATE_NAME_CONSTRAINT", permitted(dnsName(".example.com"))],
    ["is an address without a mask", "CERTIFICATE_NAME_CONSTRAINT", permitted(ipAddress(127, 0, 0, 1))],
    ["has a mask with a hole", "CERTIFICATE_NAME_CONSTRAINT", permitted(ipAddress(10, 0, 0, 0, 255, 0, 255, 0))],
    ["is a mailbox of two @", "CERTIFICATE_NAME_CONSTRAINT", permitted(email("a@b@example.com"))],
    ["is a URI where a host should be", "CERTIFICATE_NAME_CONSTRAINT", permitted(uri("https://example.com"))],
    ["has a minimum", "CERTIFICATE_INVALID", subtree(dnsName("example.com"), implicit(0, integer(1)))],
    ["has a maximum", "CERTIFICATE_INVALID", subtree(dnsName("example.com"), implicit(1, integer(1)))],
    ["is an empty list", "CERTIFICATE_INVALID", sequence(explicit(0))],
    ["constrains nothing", "CERTIFICATE_INVALID", sequence()],
    ["has a third field", "CERTIFICATE_INVALID", sequence(explicit(0, sequence(dnsName("example.com"))), explicit(2))],
  ];
  for (const [what, code, constraints] of malformed) {
    test(`refuses the path: it ${what}`, async () => {
      const root = makeCa();
      const ca = makeCa({ subject: "ca", issuer: root, nameConstraints: constraints });
      const leaf = makeCertificate({ issuer: ca, names: [registeredId("1.2.3")] });
      // A certificate that cannot be read at all is as good as missing.
      const expected = code === "CERTIFICATE_INVALID" ? "CERTIFICATE_PATH_NOT_FOUND" : code;
      const error = await rejectsWith(expected, () => validate(leaf, [ca], root));
      if (code === "CERTIFICATE_INVALID") assert.match(error.message, /cannot be read/);
    });
  }

  const forms: readonly [string, Uint8Array, Uint8Array][] = [
    ["is a wildcard", dnsName("*.example.com"), dnsName("a.example.com")],
    ["is a DNS name with a leading period", dnsName(".example.com"), dnsName("a.example.com")],
    ["is an address without a mask", ipAddress(127, 0, 0, 1), ipAddress(127, 0, 0, 1)],
    ["has a mask with a hole", ipAddress(10, 0, 0, 0, 255, 0, 255, 0), ipAddress(10, 0, 0, 1)],
    ["is a mailbox of two @", email("a@b@example.com"), email("a@example.com")],
    ["is a URI where a host should be", uri("https://example.com"), uri("https://example.com/a")],
  ];
  for (const [what, base, inside] of forms) {
    for (const list of ["permitted", "excluded"] as const) {
      test(`that ${what} and is ${list} allows no name of its form in the default profile, and any other`, async () => {
        const root = makeCa();
        const ca = makeCa({ subject: "ca", issuer: root, nameConstraints: nameConstraints({ [list]: [base] }) });
        const named = makeCertificate({ issuer: ca, names: [inside] });
        await rejectsWith("CERTIFICATE_NAME_CONSTRAINT", () => validate(named, [ca], root, "default"));
        await validate(makeCertificate({ issuer: ca, names: [registeredId("1.2.3")] }), [ca], root, "default");
      });
    }
  }

  const names: readonly [string, Uint8Array, Uint8Array][] = [
    ["a host with an underscore", dnsName("a_b.example.com"), dnsName("example.com")],
    ["a host that is not ASCII", dnsNameOf(0xfc), dnsName("")],
    ["an address of 5 octets", ipAddress(10, 0, 0, 1, 1), ipAddress(10, 0, 0, 0, 255, 0, 0, 0)],
    ["a URI that is relative", uri("/path"), uri("example.com")],
  ];
  for (const [what, name, base] of names) {
    test(`permits no malformed name, and excludes it, in the default profile: ${what}`, async () => {
      for (const list of ["permitted", "excluded"] as const) {
        const root = makeCa({ nameConstraints: nameConstraints({ [list]: [base] }) });
        const leaf = makeCertificate({ issuer: root, names: [name] });
        await rejectsWith("CERTIFICATE_NAME_CONSTRAINT", () => validate(leaf, [], root, "default"));
      }
      const free = makeCa();
      await validate(makeCertificate({ issuer: free, names: [name] }), [], free, "default");
    });
  }

  test("with a minimum of 0, which is the default, is read in the default profile only", async () => {
    const constraints = subtree(dnsName("example.com"), implicit(0, integer(0)));
    const root = makeCa({ nameConstraints: constraints });
    const inside = makeCertificate({ issuer: root, names: [dnsName("a.example.com")] });
    await validate(inside, [], root, "default");
    await rejectsWith("CERTIFICATE_INVALID", () => validate(inside, [], root, "strict"));
    const outside = makeCertificate({ issuer: root, names: [dnsName("a.example.org")] });
    await rejectsWith("CERTIFICATE_NAME_CONSTRAINT", () => validate(outside, [], root, "default"));
  });
});
