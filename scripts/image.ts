// Builds the container image as an OCI layout: no daemon, and no image below it. It holds the executable, the C and C++ libraries that
// it is linked with, the certificates of the web's authorities, their licenses, and a list of all of it. Two builds of one commit from
// the same executables are byte-identical. docs/image.md.
//
//   node scripts/image.ts --executable ARCHITECTURE=FILE ... [--output FOLDER]     ARCHITECTURE is amd64 or arm64
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundledModules, bundledPackages } from "./image/bundled.ts";
import { readPackages, unpack } from "./image/debian.ts";
import { systemFiles, USER } from "./image/files.ts";
import { Layout, type Descriptor } from "./image/layout.ts";
import { sbom } from "./image/sbom.ts";
import { file, writeTar } from "./image/tar.ts";
import { thirdPartyText } from "./third-party.mjs";

const { values } = parseArgs({
  options: {
    executable: { type: "string", multiple: true, default: ["amd64=build/assay-linux-x64"] },
    output: { type: "string", default: "build/image" },
  },
});
const { version, description, homepage, license } = JSON.parse(readFileSync("packages/assay/package.json", "utf8")) as Record<
  string,
  string
>;
const seconds = Number(process.env["SOURCE_DATE_EPOCH"] ?? git("log", "-1", "--format=%ct"));
const created = new Date(seconds * 1000).toISOString();
const labels = {
  "org.opencontainers.image.title": "assay",
  "org.opencontainers.image.description": description ?? "",
  "org.opencontainers.image.version": version ?? "",
  "org.opencontainers.image.revision": git("rev-parse", "HEAD"),
  "org.opencontainers.image.created": created,
  "org.opencontainers.image.licenses": license ?? "",
  "org.opencontainers.image.source": (homepage ?? "").replace(/#.*$/, ""),
  "org.opencontainers.image.documentation": `${(homepage ?? "").replace(/#.*$/, "")}/blob/main/docs/image.md`,
};

const modules = await bundledModules();
rmSync(values.output, { recursive: true, force: true });
const layout = new Layout(values.output);
const images: Descriptor[] = [];
for (const named of values.executable) images.push(await addImage(named));
console.log(`${values.output}: assay@${layout.finish("assay", images, labels)}`);

async function addImage(named: string): Promise<Descriptor> {
  const [, architecture, path = ""] = /^(amd64|arm64)=(.+)$/.exec(named) ?? [];
  if (architecture !== "amd64" && architecture !== "arm64") throw new Error(`--executable ${named}: expected amd64=FILE or arm64=FILE`);
  const executable = readFileSync(path);
  const packages = [];
  for (const one of readPackages(architecture)) packages.push({ ...one, ...(await unpack(one, join(".cache", "image"))) });
  const contents = {
    architecture,
    version: version ?? "",
    nodeVersion: process.version.slice(1),
    executable,
    debian: readPackages(architecture),
    bundled: bundledPackages(modules),
    seconds,
  };
  const own = [
    file("usr/bin/assay", executable, 0o755),
    file("usr/share/doc/assay/copyright", readFileSync("LICENSE")),
    file("usr/share/doc/assay/THIRD-PARTY.txt", thirdPartyText(modules)),
    file("usr/share/doc/assay/node-LICENSE", readFileSync(nodeLicense())),
    file("usr/share/sbom/assay.spdx.json", sbom(contents)),
  ];
  return layout.addImage(
    [
      { tar: writeTar(systemFiles(packages), seconds), does: "libraries and certificates of Debian 12" },
      { tar: writeTar(own, seconds), does: `assay ${version}` },
    ],
    {
      architecture,
      created,
      labels,
      config: {
        User: `${USER}:${USER}`,
        Env: ["PATH=/usr/bin", "HOME=/tmp", "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt", "NODE_USE_SYSTEM_CA=1"],
        Entrypoint: ["/usr/bin/assay"],
        Cmd: ["help"],
        WorkingDir: "/work",
      },
    },
  );
}

/** The license of Node and of what it brings, from the package that its binary comes from. */
function nodeLicense(): string {
  const path = join("node_modules", `node-linux-${process.arch}`, "LICENSE");
  if (!existsSync(path)) throw new Error(`${path} is missing: run npm ci`);
  return path;
}

function git(...words: string[]): string {
  const { status, stdout } = spawnSync("git", words, { encoding: "utf8" });
  if (status !== 0) throw new Error(`git ${words.join(" ")} failed: set SOURCE_DATE_EPOCH and build in a clone`);
  return stdout.trim();
}
