import { parseBundle } from "../../bundle/parse.ts";
import { asAssayError, AssayError } from "../../core/error.ts";
import { isLoopback } from "../../network/url.ts";
import { readUnverifiedManifest } from "../../statement/read.ts";
import type { Inventory } from "../inventory.ts";
import { listedModel, type ListedFiles } from "../remote/listed-model.ts";
import { RemoteClient } from "../remote/remote-client.ts";
import type { RemoteFile, RemoteModel } from "../remote/remote-model.ts";
import type { RemoteAccess, RemoteServer } from "../remote/remote-server.ts";
import { transfer } from "../remote/transfer.ts";
import { findSignatures, lookUpFiles, urlOf, versionOf, type WebFile, type WebSignature } from "./web-files.ts";
import { readWebPrefix } from "./web-reference.ts";

/**
 * Opens the files under an address of a web server as a model. Such a server does not list its files: the names are those that a
 * signature lists, the one that was proven or, for questions that ask for no proof, the one at the prefix. What else is there
 * cannot be seen, and every inventory says so.
 *
 * Throws USAGE, REMOTE_DENIED, REMOTE_LIMIT, REMOTE_REDIRECT, ADDRESS_REFUSED, SERVER_UNREACHABLE, SERVER_ANSWER, ABORTED. `inventory`
 * also throws REMOTE_NOT_LISTED where no signature names files, and REMOTE_NAME.
 */
export async function openWebModel(given: string, access: RemoteAccess): Promise<RemoteModel> {
  const prefix = readWebPrefix(given);
  if (prefix.protocol === "http:" && !isLoopback(prefix) && access.plainHttp !== true) {
    throw new AssayError("USAGE", `${prefix.host} would be asked without TLS, where others can change what it answers`, {
      hint: "write https://HOST/PREFIX/, or allow plain http",
    });
  }
  const client = new RemoteClient(webServer(prefix), access);
  const signatures = await findSignatures(client);
  return webModel(given, client, signatures);
}

function webModel(given: string, client: RemoteClient, signatures: readonly WebSignature[]): RemoteModel {
  const prefix = client.server.endpoint;
  // Grows when the names are known; the models that were made of it before know fewer.
  const files: RemoteFile[] = signatures.map(({ file }) => file);
  const modelOf = (known: readonly WebFile[]): RemoteModel => {
    const versions = new Map(known.map(({ name, version }) => [name, version]));
    const place: Omit<ListedFiles, "files"> = {
      source: { kind: "https", given, pinned: prefix.href, host: client.host },
      name: decodedSegment(prefix.pathname.split("/").at(-2) ?? "") || prefix.hostname,
      revision: undefined,
      transfer: async (file, from, end, onPiece) =>
        transfer({
          host: client.host,
          file,
          from,
          end,
          open: async (part) => openFile(client, file.name, part),
          whyChanged: (headers) => whyOther(versions.get(file.name), versionOf(headers)),
          onPiece,
        }),
    };
    return listedModel({ ...place, files: known });
  };
  let model = modelOf(signatures.map(({ file }) => file));
  let listing: Promise<void> | undefined;
  const list = async (names: readonly string[]): Promise<void> => {
    const own = signatures.map(({ file }) => file);
    const isOwn = new Set(own.map(({ name }) => name));
    const known = [
      ...own,
      ...(await lookUpFiles(
        client,
        names.filter((name) => !isOwn.has(name)),
      )),
    ];
    model = modelOf(known);
    files.splice(0, files.length, ...known);
  };
  return {
    ...model,
    files,
    isUnlisted: true,
    async inventory(request = {}) {
      listing ??= list(request.signed === undefined ? await claimedNames(client, signatures) : [...request.signed.files.keys()]);
      await listing;
      return unseen(await model.inventory(request), client.host);
    },
    read: async (file, from, length) => model.read(file, from, length),
    stream: async (file, onPiece, from) => model.stream(file, onPiece, from),
    close: async () => model.close(),
  };
}

/** No credential is sent. */
function webServer(prefix: URL): RemoteServer {
  const { host } = prefix;
  return {
    endpoint: prefix,
    title: "the web server",
    fileServer: "another server",
    credentials: async () => ({}),
    secrets: () => [],
    refusal: ({ status, what }) => {
      if (status === 410) return new AssayError("REMOTE_NOT_FOUND", `${host} does not have ${what} any more (status 410)`);
      if (status !== 401 && status !== 403) return undefined;
      return new AssayError("REMOTE_DENIED", `${host} does not give ${what} (status ${status}): it is private, or does not exist`);
    },
    limitRemedy: "wait-for-server",
  };
}

async function openFile(client: RemoteClient, name: string, part: Parameters<ListedPart>[0]): ReturnType<ListedPart> {
  try {
    return await client.open({ url: urlOf(client, name), what: name, part, redirects: "anywhere" });
  } catch (thrown) {
    if (asAssayError(thrown).code !== "REMOTE_NOT_FOUND") throw thrown;
    throw new AssayError("REMOTE_CHANGED", `${name} was removed after ${client.host} gave its size`);
  }
}

type ListedPart = Parameters<typeof transfer>[0]["open"];

function whyOther(before: string | undefined, now: string | undefined): string | undefined {
  return before === undefined || now === undefined || before === now ? undefined : "it was replaced after its size was read";
}

/** The names that the signatures at the prefix list, none of them verified. Throws REMOTE_NOT_LISTED. */
async function claimedNames(client: RemoteClient, signatures: readonly WebSignature[]): Promise<readonly string[]> {
  const names = new Set<string>();
  for (const { bytes } of signatures) {
    try {
      const { files } = await readUnverifiedManifest(parseBundle(bytes));
      for (const name of files.keys()) names.add(name);
    } catch (thrown) {
      if (asAssayError(thrown).code === "INTERNAL") throw thrown;
    }
  }
  if (names.size > 0) return [...names];
  throw new AssayError("REMOTE_NOT_LISTED", `${client.host} does not list its files, and no signature there names them`, {
    hint: "download the model, or name a place that lists its files: a hub, a registry, a bucket",
  });
}

function unseen(inventory: Inventory<RemoteFile>, host: string): Inventory<RemoteFile> {
  const message = `${host} does not list its files: only those that a signature names were looked for, and others cannot be seen`;
  return {
    ...inventory,
    unexamined: [{ name: ".", kind: "folder" }],
    warnings: [...inventory.warnings, { code: "FILES_NOT_LISTED", message }],
  };
}

function decodedSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
