import { suite, test } from "node:test";
import { verifyTimestamp } from "../../../src/trust/sigstore/timestamp.ts";
import { rejectsWith } from "../../support/rejects.ts";
import { makeInstance, SIGNED_AT } from "../../support/sigstore/instance.ts";
import { TIME_STAMPING, timestamp } from "../../support/sigstore/timestamp-authority.ts";
import { authorityJson, type TrustedRootJson } from "../../support/sigstore/trusted-root.ts";
import { makeCa, makeCertificate, type MadeCertificate, name } from "../../support/x509/make.ts";
import { verify } from "../../support/sigstore/keyless.ts";

const DAY_BEFORE = new Date(SIGNED_AT.getTime() - 86_400_000);

suite("an authority that was retired while another one under the same root is in use", () => {
  const by = makeInstance();
  const { root, intermediate } = by.ca;
  const successor = makeCa({ subject: name(["2.5.4.3", "fulcio-intermediate-2"]), issuer: root, pathLength: 0 });
  const authorities = (...retired: MadeCertificate[]): { change: (json: TrustedRootJson) => unknown } => ({
    change: (json) => ({
      ...json,
      certificateAuthorities: [
        ...retired.map((ca) => authorityJson("https://fulcio.test", [ca, root], "fulcio-root", { end: DAY_BEFORE })),
        authorityJson("https://fulcio.test", [successor, root], "fulcio-root"),
      ],
    }),
  });

  for (const bundleVersion of ["0.1", "0.2", "0.3"] as const) {
    test(`issues nothing that a bundle of version ${bundleVersion} can bring its certificate for`, async () => {
      await rejectsWith("CERTIFICATE_PATH_NOT_FOUND", () => verify({ bundleVersion }, { by, root: authorities(intermediate) }));
    });
  }

  test("is no more trusted where the trusted root never listed it", async () => {
    await rejectsWith("CERTIFICATE_PATH_NOT_FOUND", () => verify({ bundleVersion: "0.2" }, { by, root: authorities() }));
  });

  test("stamps nothing that a token can bring its certificate for", async () => {
    const tsaRoot = makeCa({ subject: name(["2.5.4.3", "tsa-root"]) });
    const below = (subject: string): MadeCertificate =>
      makeCa({ subject: name(["2.5.4.3", subject]), issuer: tsaRoot, extendedKeyUsage: [TIME_STAMPING] });
    const [retired, current] = [below("tsa-1"), below("tsa-2")];
    const start = new Date("2025-01-01T00:00:00Z");
    const listed = [
      { uri: "https://tsa.test", certificates: [retired.der, tsaRoot.der], validFor: { start, end: DAY_BEFORE } },
      { uri: "https://tsa.test", certificates: [current.der, tsaRoot.der], validFor: { start, end: undefined } },
    ];
    const stampedBy = (ca: MadeCertificate): Promise<unknown> => {
      const leaf = makeCertificate({ subject: "tsa", issuer: ca, extendedKeyUsage: [TIME_STAMPING], extendedKeyUsageCritical: true });
      const token = timestamp({ root: tsaRoot, leaf }, Buffer.from("signature"), SIGNED_AT, { certificates: [leaf.der, ca.der] });
      return verifyTimestamp(token, Buffer.from("signature"), listed);
    };
    await stampedBy(current);
    await rejectsWith("TIMESTAMP_INVALID", () => stampedBy(retired));
  });
});
