import { suite, test } from "node:test";
import { makeInstance, SIGNED_AT } from "../../support/sigstore/instance.ts";
import { type LogJson, type TrustedRootJson, type Validity, validity } from "../../support/sigstore/trusted-root.ts";
import { refused, verify } from "../../support/sigstore/keyless.ts";

suite("a log that the trusted root lists for two periods", () => {
  const during = (log: LogJson, period: Validity): LogJson => ({ ...log, publicKey: { ...log.publicKey, validFor: validity(period) } });
  const twice = (later: Validity): { change: (root: TrustedRootJson) => unknown } => {
    const earlier = { start: new Date("2025-01-01T00:00:00Z"), end: new Date("2025-06-01T00:00:00Z") };
    return { change: (root) => ({ ...root, tlogs: root.tlogs.flatMap((log) => [during(log, earlier), during(log, later)]) }) };
  };

  for (const rekor of ["v1", "v2"] as const) {
    test(`is trusted in both, and not between them: ${rekor}`, async () => {
      await verify({ rekor }, { root: twice({ start: SIGNED_AT }) });
      await refused("LOG_UNKNOWN", { rekor }, { root: twice({ start: new Date(SIGNED_AT.getTime() + 1000) }) });
    });

    test(`is not trusted in the period of another key under the same id: ${rekor}`, async () => {
      const other = makeInstance().trustedRoot().tlogs;
      const change = (root: TrustedRootJson): unknown => ({
        ...root,
        tlogs: root.tlogs.flatMap((log, index) => [
          during(log, { start: new Date("2025-01-01T00:00:00Z"), end: new Date("2025-06-01T00:00:00Z") }),
          { ...log, publicKey: { ...other[index]!.publicKey, validFor: validity({ start: new Date("2025-01-01T00:00:00Z") }) } },
        ]),
      });
      await refused("LOG_UNKNOWN", { rekor }, { root: { change } });
    });
  }
});
