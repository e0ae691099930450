import type { TrustedRootJson } from "./trusted-root.ts";

/** Where the services listen; what is left out is not offered. */
export interface ServiceUrls {
  readonly fulcio?: string;
  readonly oidc?: string;
  readonly rekorV1?: string;
  readonly rekorV2?: string;
  readonly tsa?: string;
}

const START = "2025-01-01T00:00:00Z";

function service(url: string | undefined, majorApiVersion: number): Record<string, unknown>[] {
  return url === undefined ? [] : [{ url, majorApiVersion, validFor: { start: START }, operator: "sigstore.test" }];
}

/** https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_trustroot.proto */
export function signingConfigJson({ fulcio, oidc, rekorV1, rekorV2, tsa }: ServiceUrls): Record<string, unknown> {
  return {
    mediaType: "application/vnd.dev.sigstore.signingconfig.v0.2+json",
    caUrls: service(fulcio, 1),
    oidcUrls: service(oidc, 1),
    rekorTlogUrls: [...service(rekorV2, 2), ...service(rekorV1, 1)],
    tsaUrls: service(tsa, 1),
    rekorTlogConfig: { selector: "ANY" },
    tsaConfig: { selector: "ANY" },
  };
}

export function trustConfigJson(trustedRoot: TrustedRootJson, urls: ServiceUrls): Record<string, unknown> {
  const mediaType = "application/vnd.dev.sigstore.clienttrustconfig.v0.1+json";
  return { mediaType, trustedRoot, signingConfig: signingConfigJson(urls) };
}
