import type { BundleVersion } from "./bundle.ts";

// Both spellings that Sigstore has had; we read every version in either, as its clients do.
const SPELLINGS = [
  /^application\/vnd\.dev\.sigstore\.bundle\.v((?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))+)\+json$/,
  /^application\/vnd\.dev\.sigstore\.bundle\+json;version=((?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))+)$/,
];
const KNOWN: ReadonlySet<string> = new Set<BundleVersion>(["0.1", "0.2", "0.3"]);

/** The media type of the bundles that we write. */
export const BUNDLE_MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";

/**
 * What a bundle's media type says: a known version, a later one, or that it is not
 * a Sigstore bundle. https://docs.sigstore.dev/about/bundle/
 */
export function readMediaType(mediaType: string): { version: BundleVersion } | { laterVersion: string } | undefined {
  for (const spelling of SPELLINGS) {
    const version = spelling.exec(mediaType)?.[1];
    if (version === undefined) continue;
    if (isKnown(version)) return { version };
    const [major = 0, minor = 0] = version.split(".").map(Number);
    // 0.3.1 came after 0.3 as well; nothing came before 0.1.
    return major > 0 || minor > 3 || version.startsWith("0.3.") ? { laterVersion: version } : undefined;
  }
  return undefined;
}

function isKnown(version: string): version is BundleVersion {
  return KNOWN.has(version);
}
