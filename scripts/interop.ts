// Signs with Assay, the Python client and the Go client, has each of them verify every bundle, and prints who
// can read whom, with the reasons in the clients' own words. Run by hand, with both peers installed; needs openssl.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { CASES, type Case } from "./interop/case.ts";
import { assay, go, python, type Client } from "./interop/clients.ts";
import { makeAuthority, makeKey, type Authority, type KeyFiles, type KeyKind } from "./interop/keys.ts";
import { renderMatrix, type Cell, type Row } from "./interop/matrix.ts";

const MARK = "<!-- written by scripts/interop.ts -->";
const HELP = `Usage: node scripts/interop.ts --python FILE --go FILE [--go-adapter FILE] [--only TEXT]

  --python FILE      the Python client's command, model_signing; its interpreter is looked for beside it
  --go FILE          the Go client's command, model-signing
  --go-adapter FILE  the Go client's test/conformance, built: signs shards and BLAKE2b, for which the command has no option
  --go-label TEXT    what to call the Go client's version, where the binary does not know it
  --write FILE       put the tables into this page, below its line "${MARK}"
  --only TEXT        only cases whose group or name holds this text
`;

const { values } = parseArgs({
  options: {
    python: { type: "string" },
    go: { type: "string" },
    "go-adapter": { type: "string" },
    "go-label": { type: "string" },
    write: { type: "string" },
    only: { type: "string", default: "" },
    help: { type: "boolean", short: "h", default: false },
  },
});

if (values.help) process.stdout.write(HELP);
else main();

function main(): void {
  const clients = [
    assay,
    ...(values.python === undefined ? [] : [python(values.python)]),
    ...(values.go === undefined ? [] : [go(values.go, values["go-adapter"])]),
  ];
  const folder = mkdtempSync(join(tmpdir(), "assay-interop-"));
  try {
    const authority = makeAuthority(folder);
    const keys = new Map<KeyKind, KeyFiles>();
    const rows: Row[] = [];
    for (const [index, tried] of CASES.filter(({ group, name }) => `${group} ${name}`.includes(values.only)).entries()) {
      const key = keys.get(tried.key) ?? makeKey(folder, tried.key);
      keys.set(tried.key, key);
      rows.push({
        group: tried.group,
        name: tried.name,
        cells: tryCase(tried, join(folder, `case-${index}`), clients, key, authority, folder),
      });
      process.stderr.write(".");
    }
    process.stderr.write("\n");
    const names = clients.map(({ name }) => name);
    publish(`${versions()}\n\n${renderMatrix(rows, names)}\n`);
    summarize(rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function publish(text: string): void {
  if (values.write === undefined) {
    process.stdout.write(text);
    return;
  }
  const [above, below] = readFileSync(values.write, "utf8").split(MARK);
  if (below === undefined) throw new Error(`${values.write} has no line ${MARK}`);
  writeFileSync(values.write, `${above}${MARK}\n\n${text}`);
}

function versions(): string {
  const ofPython = values.python === undefined ? undefined : firstLine(values.python, "--version");
  const ofGo = values.go === undefined ? undefined : `model-signing (Go) ${values["go-label"] ?? firstLine(values.go, "version")}`;
  const peers = [ofPython, ofGo].filter((text) => text !== undefined);
  return `With Assay ${assayVersion()}, ${peers.join(", ")} and ${firstLine("openssl", "version")}.`;
}

function assayVersion(): string {
  return /"version": "([^"]+)"/.exec(readFileSync(new URL("../packages/assay/package.json", import.meta.url), "utf8"))?.[1] ?? "unknown";
}

function firstLine(file: string, word: string): string {
  const { stdout } = spawnSync(file, [word], { encoding: "utf8" });
  return /GitVersion:\s*(\S+)/.exec(stdout)?.[1] ?? stdout.split("\n")[0]?.trim() ?? "";
}

/** Every client signs a fresh copy under the same name, so that no signature is in another's model. */
function tryCase(tried: Case, folder: string, clients: readonly Client[], key: KeyFiles, authority: Authority, base: string): Cell[] {
  return clients.flatMap((signer) => {
    const root = join(folder, signer.name, "model");
    makeModel(tried, root);
    const bundle = tried.signing?.signatureInModel === true ? join(root, "model.sig") : join(folder, signer.name, "model.sig");
    const model = tried.single === undefined ? root : join(root, tried.single);
    const scene = { case: tried, model, bundle, key, authority };
    const signed = withoutPaths(signer.sign(scene), base);
    for (const [name, text] of Object.entries(tried.added ?? {})) writeFileSync(join(root, name), text);
    return clients.map((verifier) => {
      const verified = signed.worked && existsSync(bundle) ? withoutPaths(verifier.verify(scene), base) : undefined;
      return { signer: signer.name, verifier: verifier.name, signed, verified };
    });
  });
}

function makeModel({ files, links = {} }: Case, root: string): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(root, name));
}

/** Temporary folders in a message say nothing, and would differ from run to run. */
function withoutPaths<T extends { readonly worked: boolean; readonly why?: string }>(attempt: T, base: string): T {
  if (attempt.why === undefined) return attempt;
  const why = attempt.why.replaceAll(base, "").replaceAll(/\/case-\d+\/(Assay|Python|Go)\//g, "");
  return { ...attempt, why };
}

/** What matters most, on standard error: bundles that their own writer reads and Assay does not. */
function summarize(rows: readonly Row[]): void {
  for (const { group, name, cells } of rows) {
    for (const { signer, verifier, signed, verified } of cells) {
      const own = cells.find((cell) => cell.signer === signer && cell.verifier === signer);
      const isBehind = verifier === assay.name && signed.worked && verified?.worked === false && own?.verified?.worked === true;
      if (isBehind) process.stderr.write(`Assay does not read what ${signer} wrote and reads: ${group}, ${name}\n`);
    }
  }
}
