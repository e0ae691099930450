import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { suite, test } from "node:test";
import { asAssayError } from "../../../src/core/error.ts";
import { digest } from "../../../src/api/digest.ts";
import type { Verification } from "../../../src/api/results.ts";
import { scan } from "../../../src/api/scan.ts";
import { verify } from "../../../src/api/verify.ts";
import type { RemoteAccess } from "../../../src/source/remote/remote-server.ts";
import { digestOf, fakeRegistry, INDEX_TYPE, type FakeRegistry, type FakeRegistryOptions } from "../../support/oci/fake-registry.ts";
import { FILES, signedFolder, WEIGHTS, type SignedFolder } from "../../support/oci/signed-artifact.ts";
import { listen, listenWithTls } from "../../support/listening.ts";
import { rejectsWith } from "../../support/rejects.ts";
import { ipAddress, makeCertificate, newKey } from "../../support/x509/make.ts";

const access: Omit<RemoteAccess, "signal"> = { environment: { HOME: "/nowhere" } };

const reference = (registry: FakeRegistry, revision = ":v1"): string => `oci:${registry.host}/acme/granite${revision}`;

/** The files of a signed folder as layers under `v1`, with the signature among them. */
function push(registry: FakeRegistry, { files, bundle }: SignedFolder): void {
  registry.artifact([...Object.entries(files).map(([name, content]) => registry.file(name, content)), registry.file("model.sig", bundle)]);
}

async function verified(registry: FakeRegistry, { publicKey }: SignedFolder, revision = ":v1", signature?: string): Promise<Verification> {
  const options = { trust: { method: "key", publicKey }, ...access, ...(signature === undefined ? {} : { signature }) } as const;
  return verify(reference(registry, revision), options);
}

async function codeOf(
  options: FakeRegistryOptions,
  prepare: (registry: FakeRegistry, folder: SignedFolder) => void = push,
): Promise<string> {
  const folder = await signedFolder();
  const registry = await fakeRegistry(options);
  prepare(registry, folder);
  return (await failureOf(verified(registry, folder))).code;
}

suite("a model in a registry", () => {
  test("has the digests of a copy on disk, and verifies by the signature among its layers", async () => {
    const folder = await signedFolder();
    const registry = await fakeRegistry();
    push(registry, folder);
    const [there, here] = [await digest(reference(registry), access), await digest(folder.folder)];
    assert.deepEqual([there.manifestDigest, there.rootDigest, there.notCovered], [here.manifestDigest, here.rootDigest, here.notCovered]);
    const verification = await verified(registry, folder);
    assert.equal(verification.outcome, "verified", verification.outcome === "verified" ? "" : verification.error.message);
    assert.deepEqual(verification.source, {
      kind: "oci",
      given: reference(registry),
      pinned: `oci:${registry.host}/acme/granite@${registry.tags.get("v1") ?? ""}`,
      host: registry.host,
    });
  });

  test("is read of one digest, which the tag is resolved to once", async () => {
    const folder = await signedFolder();
    const registry = await fakeRegistry();
    push(registry, folder);
    await verified(registry, folder);
    assert.equal(registry.requests.filter(({ path }) => path.endsWith("/manifests/v1")).length, 1);
    assert.equal((await verified(registry, folder, `@${registry.tags.get("v1") ?? ""}`)).outcome, "verified");
    assert.equal((await verified(registry, folder, `:gone@${registry.tags.get("v1") ?? ""}`)).outcome, "verified");
  });

  test("that was changed is found by its digests", async () => {
    assert.equal(
      await codeOf({}, (registry, folder) => push(registry, { ...folder, files: { ...FILES, "config.json": "{ }" } })),
      "MODEL_MISMATCH",
    );
  });

  test("is scanned by its headers", async () => {
    const registry = await fakeRegistry();
    registry.artifact([registry.file("config.json", "{}"), registry.file("model.pkl", "cos\nsystem\n(S'x'\ntR.")]);
    assert.equal((await scan(reference(registry), access)).risk.outcome, "code");
  });

  test("without this tag, repository or host is a wrong question", async () => {
    const registry = await fakeRegistry();
    await rejectsWith("REMOTE_REVISION", () => digest(reference(registry), access));
    await rejectsWith("REMOTE_NOT_FOUND", () => digest(`oci:${registry.host}/acme/other:v1`, access));
    for (const malformed of [
      "oci:granite",
      "oci:host/UPPER",
      "oci:host/a/../b",
      "oci:host/a//b",
      "oci:host/a@sha256:12",
      "oci:host/a:ta g",
    ]) {
      await rejectsWith("USAGE", () => digest(malformed, access));
    }
  });

  test("has the names of ModelPack, Docker Model Runner, Ollama and KServe's layers", async () => {
    const registry = await fakeRegistry();
    registry.artifact([
      registry.blob("a", {
        mediaType: "application/vnd.cncf.model.weight.v1.raw",
        annotations: { "org.cncf.model.filepath": "sub/a.safetensors" },
      }),
      registry.blob("b", {
        mediaType: "application/vnd.docker.ai.model.file",
        annotations: { "org.cncf.model.filepath": "sub/b.json", "org.opencontainers.image.title": "b.json" },
      }),
      registry.blob("c", { mediaType: "application/vnd.docker.ai.gguf.v3" }),
      registry.blob("d", { mediaType: "application/vnd.ollama.image.license" }),
      registry.blob("e", { mediaType: "application/vnd.ollama.image.license" }),
      registry.file("f.bin", "f", "application/vnd.oci.image.layer.v1.tar"),
      registry.blob("{}", { mediaType: "application/vnd.oci.empty.v1+json" }),
    ]);
    const { files } = await digest(reference(registry), access);
    assert.deepEqual(
      files.map(({ name }) => name),
      ["f.bin", "license", "license-2", "model.gguf", "sub/a.safetensors", "sub/b.json"],
    );
  });

  test("with a layer that is not understood could not be told", async () => {
    for (const mediaType of ["application/octet-stream", "application/vnd.acme.weights"]) {
      const registry = await fakeRegistry();
      registry.artifact([registry.file("a", "a"), registry.blob("b", { mediaType })]);
      await rejectsWith("REMOTE_FORMAT", () => digest(reference(registry), access));
    }
  });

  test("signed by the Go implementation over its manifest verifies by the blobs that it lists", async () => {
    const config = '{"architecture":"granite"}';
    const files = { "config.json": config, "layer_000.tar.gz": "no name", "weights.bin": WEIGHTS } as const;
    const folder = await signedFolder(files);
    const registry = await fakeRegistry();
    const subject = registry.artifact(
      [registry.blob("no name", { mediaType: "application/vnd.docker.ai.license" }), registry.file("weights.bin", WEIGHTS)],
      { config: registry.blob(config, { mediaType: "application/vnd.docker.ai.model.config.v0.1+json" }) },
    );
    registry.attach(subject, folder.bundle);
    const verification = await verified(registry, folder);
    assert.equal(verification.outcome, "verified", verification.outcome === "verified" ? "" : verification.error.message);
    const changed = await fakeRegistry();
    const other = changed.artifact([
      changed.blob("no name", { mediaType: "application/vnd.docker.ai.license" }),
      changed.file("weights.bin", "x"),
    ]);
    changed.attach(other, folder.bundle);
    assert.equal((await verified(changed, folder)).outcome, "failed");
  });
});

suite("a signature that is attached to a model in a registry", () => {
  const pushUnsigned = (registry: FakeRegistry, { files }: SignedFolder) =>
    registry.artifact(Object.entries(files).map(([name, content]) => registry.file(name, content)));

  for (const referrers of [true, false]) {
    test(`is found by ${referrers ? "the referrers API" : "the tag that stands in for it"}`, async () => {
      const folder = await signedFolder();
      const registry = await fakeRegistry({ referrers, pageSize: 1 });
      const subject = pushUnsigned(registry, folder);
      assert.equal((await failureOf(verified(registry, folder))).code, "SIGNATURE_NOT_FOUND");
      registry.attach(subject, Buffer.from("{}"));
      const attached = registry.attach(subject, folder.bundle);
      registry.manifest(
        { schemaVersion: 2, manifests: registry.referrersOf(subject.digest) },
        subject.digest.replace(":", "-"),
        INDEX_TYPE,
      );
      const verification = await verified(registry, folder);
      assert.equal(verification.outcome, "verified", verification.outcome === "verified" ? "" : verification.error.message);
      assert.equal(verification.signature?.path, `oci:${registry.host}/acme/granite@${attached.digest}`);
    });
  }

  test("is one of several, and chosen by its digest", async () => {
    const [folder, other] = [await signedFolder(), await signedFolder()];
    const registry = await fakeRegistry();
    const subject = pushUnsigned(registry, folder);
    const [first, second] = [registry.attach(subject, folder.bundle), registry.attach(subject, other.bundle)];
    const { code, message } = await failureOf(verified(registry, folder));
    assert.equal(code, "SIGNATURE_AMBIGUOUS");
    assert.ok(message.includes(first.digest) && message.includes(second.digest), message);
    assert.equal((await verified(registry, folder, ":v1", first.digest)).outcome, "verified");
    assert.equal((await failureOf(verified(registry, folder, ":v1", second.digest))).code, "SIGNATURE_INVALID");
    assert.equal((await failureOf(verified(registry, folder, ":v1", digestOf(Buffer.from("x"))))).code, "REMOTE_REVISION");
  });

  test("counts only where its own manifest is a bundle about this model", async () => {
    const folder = await signedFolder();
    const registry = await fakeRegistry({
      instead: ({ path }, response) => {
        if (!path.includes("/referrers/")) return false;
        response.writeHead(200, { "content-type": INDEX_TYPE }).end(JSON.stringify({ manifests: listed }));
        return true;
      },
    });
    const subject = pushUnsigned(registry, folder);
    const another = registry.artifact([registry.file("a", "a")], {}, "other");
    const listed = [
      registry.attach(another, folder.bundle),
      registry.attach(subject, folder.bundle, { artifactType: "application/vnd.acme" }),
      registry.artifact([registry.blob(folder.bundle)], { artifactType: "application/vnd.dev.sigstore.bundle.v0.3+json", subject }, "x"),
    ];
    assert.equal((await failureOf(verified(registry, folder))).code, "SIGNATURE_NOT_FOUND");
    listed.push({ ...registry.attach(subject, folder.bundle), artifactType: "application/vnd.not.what.it.is" });
    assert.equal((await verified(registry, folder)).outcome, "verified");
  });

  test("with other bytes than its manifest says fails", async () => {
    const folder = await signedFolder();
    const registry = await fakeRegistry();
    const subject = pushUnsigned(registry, folder);
    registry.attach(subject, folder.bundle);
    const digestOfBundle = digestOf(folder.bundle);
    registry.blobs.set(digestOfBundle, Buffer.from(folder.bundle.map((byte, index) => (index === 0 ? 32 : byte))));
    assert.equal((await failureOf(verified(registry, folder))).code, "REMOTE_DIGEST");
  });

  test("about the image is not a model's signature, and is named", async () => {
    const folder = await signedFolder();
    const registry = await fakeRegistry();
    const subject = pushUnsigned(registry, folder);
    const image = registry.attach(subject, Buffer.from('{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json"}'));
    const { code, message } = await failureOf(verified(registry, folder));
    assert.equal(code, "SIGNATURE_NOT_FOUND");
    assert.ok(message.includes(image.digest), message);
  });

  test("in a list without end is not looked for", async () => {
    const folder = await signedFolder();
    const registry = await fakeRegistry({
      instead: ({ path }, response) => {
        if (!path.includes("/referrers/")) return false;
        response.writeHead(200, { "content-type": INDEX_TYPE, link: `<${path}?more>; rel="next"` }).end('{"manifests":[]}');
        return true;
      },
    });
    pushUnsigned(registry, folder);
    assert.equal((await failureOf(verified(registry, folder))).code, "SERVER_ANSWER");
    assert.ok(registry.requests.length < 40);
  });
});

suite("a registry of this machine that speaks TLS", () => {
  test("is asked with TLS, and its certificate must be trusted", async () => {
    const key = newKey("P-256");
    const { pem: cert } = makeCertificate({ key, names: [ipAddress(127, 0, 0, 1)] });
    const tls = { key: String(key.export({ type: "pkcs8", format: "pem" })), cert };
    const { port } = await listenWithTls(tls, (_, response) => void response.writeHead(404).end());
    const error = await rejectsWith("SERVER_UNREACHABLE", () => digest(`oci:127.0.0.1:${port}/acme/granite:v1`, access));
    assert.match(error.message, /https:.*certificate/);
  });
});

suite("a registry that is hostile", () => {
  const manifestInstead = (
    change: (bytes: Buffer) => { readonly bytes: Buffer; readonly headers?: Record<string, string> },
  ): FakeRegistryOptions => {
    return {
      instead: ({ path }, response) => {
        const bytes = path.includes("/manifests/v1") ? sent.get("bytes") : undefined;
        if (bytes === undefined) return false;
        const changed = change(bytes);
        response.writeHead(200, { "content-type": "application/vnd.oci.image.manifest.v1+json", ...changed.headers }).end(changed.bytes);
        return true;
      },
    };
  };
  const sent = new Map<string, Buffer>();
  const pushAndKeep = (registry: FakeRegistry, folder: SignedFolder): void => {
    push(registry, folder);
    sent.set("bytes", registry.manifests.get(registry.tags.get("v1") ?? "")?.bytes ?? Buffer.alloc(0));
  };

  test("gives other bytes of a layer than the manifest lists", async () => {
    const other = Buffer.alloc(WEIGHTS.length, 8);
    assert.equal(
      await codeOf({}, (registry, folder) => {
        push(registry, folder);
        registry.blobs.set(digestOf(WEIGHTS), other);
      }),
      "REMOTE_DIGEST",
    );
  });

  test("gives other bytes of the manifest than its digest says", async () => {
    const folder = await signedFolder();
    const registry = await fakeRegistry();
    push(registry, folder);
    const pinned = registry.tags.get("v1") ?? "";
    const found = registry.manifests.get(pinned);
    assert.ok(found !== undefined);
    registry.manifests.set(pinned, { ...found, bytes: Buffer.concat([found.bytes, Buffer.from(" ")]) });
    assert.equal((await failureOf(verified(registry, folder, `@${pinned}`))).code, "REMOTE_DIGEST");
    assert.equal((await failureOf(verified(registry, folder))).code, "REMOTE_DIGEST");
  });

  test("gives a manifest that is too large, is not JSON, is two things at once or of another type", async () => {
    const cases: readonly [string, (bytes: Buffer) => { readonly bytes: Buffer; readonly headers?: Record<string, string> }][] = [
      ["SERVER_ANSWER", (bytes) => ({ bytes: Buffer.concat([bytes, Buffer.alloc(5 * 1024 * 1024, 32)]) })],
      ["SERVER_ANSWER", () => ({ bytes: Buffer.from("<html>") })],
      ["SERVER_ANSWER", (bytes) => ({ bytes: Buffer.from(bytes.toString().replace('"layers"', '"manifests":[],"layers"')) })],
      ["SERVER_ANSWER", (bytes) => ({ bytes, headers: { "content-type": INDEX_TYPE } })],
      ["REMOTE_FORMAT", () => ({ bytes: Buffer.from("{}"), headers: { "content-type": "text/plain" } })],
      ["SERVER_ANSWER", (bytes) => ({ bytes: Buffer.from(bytes.toString().replace(/"size":\d+/, '"size":-1')) })],
      ["SERVER_ANSWER", (bytes) => ({ bytes: Buffer.from(bytes.toString().replace(/sha256:[0-9a-f]{64}/, "sha256:zz")) })],
      [
        "REMOTE_FORMAT",
        (bytes) => ({ bytes: Buffer.from(bytes.toString().replaceAll(/sha256:[0-9a-f]{64}/g, `sha512:${"a".repeat(128)}`)) }),
      ],
    ];
    for (const [code, change] of cases) assert.equal(await codeOf(manifestInstead(change), pushAndKeep), code);
  });

  for (const name of ["../x", "/etc/passwd", "a\\b", "C:/x", "a/./b", "a\u0000b", "a\nb", ""]) {
    test(`names a file ${JSON.stringify(name)}`, async () => {
      assert.equal(await codeOf({}, (registry) => void registry.artifact([registry.file(name, "x")])), "REMOTE_NAME");
    });
  }

  test("names a file twice, or two that a file system takes for one, or one by two names", async () => {
    for (const names of [
      ["a", "a"],
      ["a", "A"],
      ["\u00e9", "e\u0301"],
    ]) {
      assert.equal(await codeOf({}, (registry) => void registry.artifact(names.map((name) => registry.file(name, name)))), "REMOTE_NAME");
    }
    const annotations = { "org.cncf.model.filepath": "a/b", "org.opencontainers.image.title": "c" };
    assert.equal(await codeOf({}, (registry) => void registry.artifact([registry.blob("x", { annotations })])), "REMOTE_NAME");
  });

  test("gives an index of several models, of too many, or of itself", async () => {
    const index = (registry: FakeRegistry, manifests: readonly unknown[], tag = "v1") =>
      registry.manifest({ schemaVersion: 2, mediaType: INDEX_TYPE, manifests }, tag, INDEX_TYPE);
    const one = (registry: FakeRegistry, content: string, artifactType = "application/vnd.cncf.model.manifest.v1+json") =>
      registry.artifact([registry.file("a", content)], { artifactType }, null);
    assert.equal(await codeOf({}, (registry) => void index(registry, [one(registry, "a"), one(registry, "b")])), "REMOTE_SEVERAL");
    assert.equal(await codeOf({}, (registry) => void index(registry, [])), "REMOTE_FORMAT");
    const other = `sha512:${"a".repeat(128)}`;
    const unchecked = (registry: FakeRegistry): void => {
      const entry = one(registry, "a");
      const found = registry.manifests.get(entry.digest);
      if (found !== undefined) registry.manifests.set(other, found);
      index(registry, [{ ...entry, digest: other }]);
    };
    assert.equal(await codeOf({}, unchecked), "REMOTE_FORMAT");
    const many = (registry: FakeRegistry) => Array.from({ length: 70 }, (_, at) => one(registry, String(at)));
    assert.equal(await codeOf({}, (registry) => void index(registry, many(registry))), "REMOTE_FORMAT");
    const nested = (registry: FakeRegistry, depth: number): ReturnType<typeof index> =>
      index(registry, [depth === 0 ? one(registry, "a") : nested(registry, depth - 1)]);
    assert.equal(await codeOf({}, (registry) => void nested(registry, 2)), "REMOTE_FORMAT");
    const registry = await fakeRegistry();
    index(registry, [one(registry, "a", "application/vnd.acme.sbom"), one(registry, "b"), one(registry, "b")]);
    assert.deepEqual(
      (await digest(reference(registry), access)).files.map(({ size }) => size),
      [1],
    );
  });

  test("gives other bytes of a small layer than it lists to what reads that layer alone", async () => {
    const registry = await fakeRegistry();
    const { digest: listed } = registry.file("config.json", "{}");
    registry.artifact([registry.file("config.json", "{}")]);
    registry.blobs.set(listed, Buffer.from("[]"));
    await rejectsWith("REMOTE_DIGEST", () => scan(reference(registry), access));
  });

  test("sends a layer on to a file server, which gets no credentials and is at an address of its own kind", async () => {
    const content = Buffer.from("weights");
    const seen: (string | undefined)[] = [];
    const files = await listen((request, response) => {
      seen.push(request.headers.authorization);
      response.end(content);
    });
    let target = `${files.url}/signed?x=1`;
    const registry: FakeRegistry = await fakeRegistry({
      instead: ({ path }, response) => {
        if (path.startsWith("/token?")) {
          response.end('{"token":"abc"}');
          return true;
        }
        if (!path.endsWith(digestOf(content))) return false;
        response.writeHead(307, { location: target }).end();
        return true;
      },
      auth: { expected: () => "Bearer abc", challenge: () => `Bearer realm="http://${registry.host}/token"` },
    });
    registry.artifact([registry.file("a", content)]);
    assert.equal((await digest(reference(registry), access)).files.length, 1);
    assert.deepEqual(seen, [undefined]);
    for (const [where, code] of [
      ["http://169.254.169.254/a", "ADDRESS_REFUSED"],
      ["http://10.1.2.3/a", "ADDRESS_REFUSED"],
      ["ftp://127.0.0.1/a", "REMOTE_REDIRECT"],
      ["http://user:password@127.0.0.1/a", "REMOTE_REDIRECT"],
    ] as const) {
      target = where;
      await rejectsWith(code, () => digest(reference(registry), access));
    }
  });

  test("does not have a layer that it lists", async () => {
    assert.equal(
      await codeOf({}, (registry, folder) => {
        push(registry, folder);
        registry.blobs.delete(digestOf(WEIGHTS));
      }),
      "REMOTE_CHANGED",
    );
  });

  test("sends a layer that is too long, too short or another part", async () => {
    const weights = (send: (response: ServerResponse) => void): FakeRegistryOptions => ({
      instead: ({ path }, response) => {
        if (!path.endsWith(digestOf(WEIGHTS))) return false;
        send(response);
        return true;
      },
    });
    assert.equal(await codeOf(weights((response) => void response.end(Buffer.alloc(WEIGHTS.length + 1, 7)))), "REMOTE_CHANGED");
    assert.equal(await codeOf(weights((response) => void response.end(WEIGHTS.subarray(1)))), "REMOTE_TRUNCATED");
  });
});

async function failureOf(verification: Promise<Verification>): Promise<{ readonly code: string; readonly message: string }> {
  try {
    const done = await verification;
    return done.outcome === "verified" ? { code: "verified", message: "" } : done.error;
  } catch (error) {
    return asAssayError(error);
  }
}
