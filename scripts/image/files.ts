// Which files of Debian's packages are in the image: what the executable is linked with, and what describes them.
import type { DebianPackage, Unpacked } from "./debian.ts";
import { file, folder, type Entry } from "./tar.ts";

const LIBRARIES = /\/(?:ld-linux-[\w-]+\.so\.\d|lib(?:c|dl|gcc_s|m|pthread|resolv|stdc\+\+)\.so\.\d+(?:\.\d+)*)$/;
/** With the texts of licenses that Debian keeps once for all packages. */
const COPYRIGHT = /^usr\/share\/(?:doc\/[^/]+\/copyright|common-licenses\/.*)$/;
const CERTIFICATE = /^usr\/share\/ca-certificates\/mozilla\/.*\.crt$/;

/** The user of the image: none of the system's. */
export const USER = 65_532;

/** The layer below the executable. Throws where a package lacks what is expected of it. */
export function systemFiles(packages: readonly (DebianPackage & Unpacked)[]): Entry[] {
  const all = packages.flatMap(({ files }) => files);
  const libraries = all.filter(({ path, kind }) => kind !== "folder" && LIBRARIES.test(`/${path}`));
  const licenses = all.filter(
    ({ path, kind, target }) => kind !== "folder" && (COPYRIGHT.test(path) || (kind === "link" && target === "gcc-12-base")),
  );
  const certificates = all.filter(({ path }) => CERTIFICATE.test(path)).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const release = all.find(({ path }) => path === "usr/lib/os-release");
  if (libraries.length < 8 || certificates.length < 100 || release === undefined) throw new Error("the packages lack files");
  return [
    ...libraries,
    ...licenses,
    release,
    file("etc/os-release", release.content),
    file("etc/ssl/certs/ca-certificates.crt", Buffer.concat(certificates.map(({ content }) => Buffer.from(content)))),
    file("etc/passwd", `root:x:0:0:root:/root:/sbin/nologin\nassay:x:${USER}:${USER}:assay:/tmp:/sbin/nologin\n`),
    file("etc/group", `root:x:0:\nassay:x:${USER}:\n`),
    file("etc/nsswitch.conf", "hosts: files dns\n"),
    folder("tmp", 0o1777),
    folder("work"),
    // Where scanners of images look for the packages of images without dpkg.
    ...packages.map(({ name, control }) => file(`var/lib/dpkg/status.d/${name}`, control)),
  ];
}
