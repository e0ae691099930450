// What is in the image, as SPDX 2.3 (https://spdx.github.io/spdx-spec/v2.3/): the format that scanners of images read.
import { createHash } from "node:crypto";
import type { Bundled } from "./bundled.ts";
import type { DebianPackage } from "./debian.ts";

export interface Contents {
  readonly architecture: string;
  readonly version: string;
  readonly nodeVersion: string;
  readonly executable: Uint8Array;
  readonly debian: readonly DebianPackage[];
  readonly bundled: readonly Bundled[];
  /** When it was built: seconds since 1970. */
  readonly seconds: number;
}

interface Part {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly purl: string;
  readonly sha256?: string;
}

/** The document as JSON; the same contents give the same bytes. */
export function sbom({ architecture, version, nodeVersion, executable, debian, bundled, seconds }: Contents): string {
  const digest = createHash("sha256").update(executable).digest("hex");
  const assay = packageOf({ name: "assay", version, license: "Apache-2.0", purl: `pkg:npm/assay@${version}`, sha256: digest });
  const inside = [
    packageOf({ name: "node", version: nodeVersion, license: "NOASSERTION", purl: `pkg:generic/node@${nodeVersion}` }),
    ...bundled.map((one) => packageOf({ ...one, purl: `pkg:npm/${one.name.replace("@", "%40")}@${one.version}` })),
  ];
  const beside = debian.map(({ name, version: own, architecture: of, sha256 }) =>
    packageOf({
      name,
      version: own,
      // Its copyright file is in the image.
      license: "NOASSERTION",
      purl: `pkg:deb/debian/${encodeURIComponent(name)}@${encodeURIComponent(own)}?arch=${of}&distro=debian-12`,
      sha256,
    }),
  );
  const relation = (from: string, type: string, to: string): object => ({
    spdxElementId: from,
    relationshipType: type,
    relatedSpdxElement: to,
  });
  const document = {
    spdxVersion: "SPDX-2.3",
    dataLicense: "CC0-1.0",
    SPDXID: "SPDXRef-DOCUMENT",
    name: `assay-${version}-linux-${architecture}`,
    documentNamespace: `urn:assay:image:${version}:${architecture}:${digest}`,
    creationInfo: { created: `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`, creators: [`Tool: assay-image-${version}`] },
    packages: [assay, ...inside, ...beside],
    relationships: [
      relation("SPDXRef-DOCUMENT", "DESCRIBES", assay.SPDXID),
      ...inside.map(({ SPDXID }) => relation(assay.SPDXID, "CONTAINS", SPDXID)),
      ...beside.map(({ SPDXID }) => relation(assay.SPDXID, "DEPENDS_ON", SPDXID)),
    ],
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function packageOf({ name, version, license, purl, sha256 }: Part) {
  return {
    SPDXID: `SPDXRef-${`${purl.split("/")[0]?.replace("pkg:", "")}-${name}`.replaceAll(/[^A-Za-z0-9.-]/g, "-")}-${version.replaceAll(/[^A-Za-z0-9.-]/g, "-")}`,
    name,
    versionInfo: version,
    downloadLocation: "NOASSERTION",
    filesAnalyzed: false,
    licenseConcluded: "NOASSERTION",
    licenseDeclared: license,
    copyrightText: "NOASSERTION",
    ...(sha256 === undefined ? {} : { checksums: [{ algorithm: "SHA256", checksumValue: sha256 }] }),
    externalRefs: [{ referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: purl }],
  };
}
