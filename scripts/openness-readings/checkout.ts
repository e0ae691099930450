import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const MAX_BYTES = 2 ** 31;

/**
 * Writes the files of a commit into `target`, and says how many. Links, and files that the snapshot lacks, are left
 * out. Undefined where the folder has no snapshot of that repository; throws for one without that commit.
 */
export function checkOut(
  snapshots: string,
  { repo, commit }: { readonly repo: string; readonly commit: string },
  target: string,
): number | undefined {
  const folder = join(snapshots, repo.replace("/", "+"), "repo");
  if (!existsSync(folder)) return undefined;
  const directory = existsSync(join(folder, "HEAD")) ? folder : join(folder, ".git");
  const git = (words: readonly string[], input?: string): Buffer => {
    const { status, stdout, stderr } = spawnSync("git", [`--git-dir=${directory}`, ...words], { input, maxBuffer: MAX_BYTES });
    if (status !== 0) throw new Error(`${repo} has no commit ${commit}: ${stderr.toString().trim()}`);
    return stdout;
  };
  const files = git(["ls-tree", "-r", "-z", commit])
    .toString()
    .split("\0")
    .flatMap((row) => {
      const [, mode, kind, id = "", path = ""] = /^(\d+) (\w+) (\w+)\t([^]+)$/.exec(row) ?? [];
      return kind === "blob" && mode !== "120000" ? [{ id, path }] : [];
    });
  const blobs = git(["cat-file", "--batch"], files.map(({ id }) => `${id}\n`).join(""));
  let position = 0;
  let count = 0;
  for (const { path } of files) {
    const end = blobs.indexOf(0x0a, position);
    const size = / blob (\d+)$/.exec(blobs.toString("latin1", position, end))?.[1];
    position = end + 1;
    if (size === undefined) continue;
    mkdirSync(dirname(join(target, path)), { recursive: true });
    writeFileSync(join(target, path), blobs.subarray(position, position + Number(size)));
    position += Number(size) + 1;
    count += 1;
  }
  return count;
}
