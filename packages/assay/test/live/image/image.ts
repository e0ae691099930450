// The container image: built twice, read by skopeo, unpacked by umoci, and run as its own user on a read-only file system. Needs
// skopeo, umoci, dpkg-deb and root, or a kernel that lets users have namespaces.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, lstatSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join, relative } from "node:path";
import { before, suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { readPackages } from "../../../../../scripts/image/debian.ts";
import { checkFolder } from "../../support/check/checked.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const root = fileURLToPath(new URL("../../../../../", import.meta.url));
const architecture = process.arch === "arm64" ? "arm64" : "amd64";
const MAX_BYTES = 60e6;

const work = temporaryFolder();
const layouts = ["first", "second"].map((name) => join(work, name));
const bundle = join(work, "bundle");
const rootfs = join(bundle, "rootfs");

function must(program: string, words: readonly string[], cwd = root): string {
  const { status, stdout, stderr, error } = spawnSync(program, words, { cwd, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (error !== undefined) throw error;
  assert.equal(status, 0, `${program} ${words.join(" ")}: ${stdout}${stderr}`);
  return stdout;
}

before(() => {
  const executable = join(work, "assay");
  must(process.execPath, ["scripts/executable.mjs", "--output", executable]);
  for (const layout of layouts)
    must(process.execPath, ["scripts/image.ts", "--executable", `${architecture}=${executable}`, "--output", layout]);
  must("umoci", ["unpack", ...(process.getuid?.() === 0 ? [] : ["--rootless"]), "--image", `${layouts[0]}:assay`, bundle]);
});

function filesOf(top: string): string[] {
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(top, join(entry.parentPath, entry.name)))
    .toSorted();
}

/** Mounts the image read-only, with a folder at /work, and runs its entry as its user. */
const INSIDE = `set -e
mount --bind "$1" "$1"
mount --bind "$2" "$1/work"
mount -o remount,ro,bind "$1"
mount -o remount,ro,bind "$1/work"
top=$1
shift 2
exec chroot $AS "$top" "$@"`;

interface Ran {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Runs the image with this folder at /work, where permissions would let its user write. Not synchronous: a server of the test may have to answer. */
function runImage(at: string, words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
  chmodSync(at, 0o777);
  const isRoot = process.getuid?.() === 0;
  const config = JSON.parse(readFileSync(join(bundle, "config.json"), "utf8")) as {
    process: { env: string[]; args: string[]; user: { uid: number; gid: number } };
  };
  const { user, args, env } = config.process;
  const namespaces = isRoot ? ["--mount"] : ["--map-root-user", "--mount"];
  const child = spawn("unshare", [...namespaces, "sh", "-c", INSIDE, "sh", rootfs, at, args[0] ?? "", ...words], {
    env: {
      ...Object.fromEntries(env.map((pair) => pair.split(/=(.*)/s).slice(0, 2) as [string, string])),
      ...environment,
      PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
      AS: isRoot ? `--userspec=${user.uid}:${user.gid}` : "",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, output }));
  });
}

suite("the image", () => {
  test("is the same in two builds, and no larger than it must be", () => {
    const [first = "", second = ""] = layouts;
    assert.deepEqual(filesOf(first), filesOf(second));
    for (const name of filesOf(first)) assert.ok(readFileSync(join(first, name)).equals(readFileSync(join(second, name))), name);
    assert.ok(filesOf(first).reduce((sum, name) => sum + lstatSync(join(first, name)).size, 0) < MAX_BYTES);
  });

  test("is read by skopeo, with its labels, and a user that is not root", () => {
    const shown = JSON.parse(must("skopeo", ["inspect", `oci:${layouts[0]}:assay`])) as {
      Architecture: string;
      Labels: Record<string, string>;
    };
    assert.equal(shown.Architecture, architecture);
    for (const name of ["title", "version", "revision", "source", "licenses", "created"]) {
      assert.ok((shown.Labels[`org.opencontainers.image.${name}`] ?? "") !== "", name);
    }
    const { config } = JSON.parse(must("skopeo", ["inspect", "--config", `oci:${layouts[0]}:assay`])) as {
      config: Record<string, unknown>;
    };
    assert.equal(config["User"], "65532:65532");
    assert.deepEqual(config["Entrypoint"], ["/usr/bin/assay"]);
    // Every blob has the digest by which it is named.
    for (const name of readdirSync(join(layouts[0] ?? "", "blobs/sha256"))) {
      assert.equal(
        createHash("sha256")
          .update(readFileSync(join(layouts[0] ?? "", "blobs/sha256", name)))
          .digest("hex"),
        name,
      );
    }
  });

  test("has no shell, nothing that runs as another user, and nothing but /tmp to write to", () => {
    const paths = readdirSync(rootfs, { recursive: true, withFileTypes: true }).map((entry) => join(entry.parentPath, entry.name));
    assert.deepEqual(
      filesOf(rootfs).filter((name) => /^(?:usr\/)?s?bin\//.test(name)),
      ["usr/bin/assay"],
    );
    for (const path of paths) {
      const stat = lstatSync(path);
      if (stat.isSymbolicLink()) continue;
      assert.equal(stat.mode & 0o6000, 0, path);
      if (relative(rootfs, path) !== "tmp") assert.equal(stat.mode & 0o022, 0, path);
      if (process.getuid?.() === 0) assert.equal(stat.uid, 0, path);
    }
  });

  test("lists what is in it, and has the license of each part", () => {
    const names = filesOf(rootfs);
    const sbom = JSON.parse(readFileSync(join(rootfs, "usr/share/sbom/assay.spdx.json"), "utf8")) as {
      packages: { name: string; versionInfo: string; checksums?: { checksumValue: string }[]; SPDXID: string }[];
      relationships: { relatedSpdxElement: string }[];
    };
    const listed = new Map(sbom.packages.map((one) => [one.name, one]));
    for (const { name, version, sha256 } of readPackages(architecture)) {
      assert.equal(listed.get(name)?.versionInfo, version);
      assert.equal(listed.get(name)?.checksums?.[0]?.checksumValue, sha256);
      assert.match(
        readFileSync(join(rootfs, "var/lib/dpkg/status.d", name), "utf8"),
        new RegExp(`^Package: ${name.replaceAll("+", "\\+")}$`, "m"),
      );
      assert.ok(names.includes(`usr/share/doc/${name}/copyright`) || names.includes(`usr/share/doc/${name}`), name);
    }
    const executable = createHash("sha256")
      .update(readFileSync(join(rootfs, "usr/bin/assay")))
      .digest("hex");
    assert.equal(listed.get("assay")?.checksums?.[0]?.checksumValue, executable);
    const licenses = readFileSync(join(rootfs, "usr/share/doc/assay/THIRD-PARTY.txt"), "utf8");
    for (const name of ["yaml", "tuf-js", "@noble/curves", "hash-wasm"]) {
      assert.ok(listed.has(name), name);
      assert.match(licenses, new RegExp(`^${name} \\d`, "m"));
    }
    assert.match(readFileSync(join(rootfs, "usr/share/doc/assay/node-LICENSE"), "utf8"), /Node\.js is licensed/);
    assert.deepEqual(
      sbom.packages.filter(({ SPDXID }) => !sbom.relationships.some(({ relatedSpdxElement }) => relatedSpdxElement === SPDXID)),
      [],
    );
  });

  test("verifies and checks a model as its own user, on a file system that cannot be written to", async () => {
    const folder = await checkFolder();
    folder.policy("signers: [{ name: ours, key: { file: ours.pub } }]\nload: data-only\nlicense: { allow: [Apache-2.0] }\n");
    const verify = ["verify", "key", "granite", "--public-key", "ours.pub", "--threads", "2"];
    const check = ["check", "granite", "--policy", "policy.yml"];
    const inWork = (words: readonly string[]): string[] =>
      words.map((word) => (/^(?:granite|ours\.pub|policy\.yml)$/.test(word) ? `/work/${word}` : word));
    const verified = await runImage(folder.root, inWork(verify));
    assert.equal(verified.exitCode, 0, verified.output);
    assert.match(verified.output, /^✔ Verified: /m);
    const allowed = await runImage(folder.root, inWork(check));
    assert.equal(allowed.exitCode, 0, allowed.output);
    assert.match(allowed.output, /^✔ ALLOW: /m);
    const written = await runImage(folder.root, [...inWork(check), "--html", "/work/report.html"]);
    assert.notEqual(written.exitCode, 0);
    assert.match(written.output, /cannot write \/work\/report\.html/);

    writeFileSync(join(folder.model, "config.json"), "{}");
    assert.equal((await runImage(folder.root, inWork(verify))).exitCode, 1);
    const denied = await runImage(folder.root, inWork(check));
    assert.equal(denied.exitCode, 1);
    assert.match(denied.output, /^✘ DENY: /m);
  });

  test("trusts servers by the certificates that are mounted in the place of its own", async () => {
    const made = temporaryFolder();
    const request = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
    const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
    must("openssl", [...request, ...names, "-keyout", join(made, "key.pem"), "-out", join(made, "ca.pem")]);
    const server = createServer({ key: readFileSync(join(made, "key.pem")), cert: readFileSync(join(made, "ca.pem")) }, (_, response) => {
      response.writeHead(404).end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const ask = async (environment: Readonly<Record<string, string>>): Promise<Ran> =>
        runImage(made, ["digest", "hf:owner/name"], { HF_ENDPOINT: `https://127.0.0.1:${port}`, ...environment });
      assert.match((await ask({})).output, /cannot be trusted/);
      assert.match((await ask({ SSL_CERT_FILE: "/work/ca.pem" })).output, /status 404/);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
