/** What git keeps in a clone's own settings, and nothing of it is a program: section and keys, in lowercase. */
const PLAIN: Readonly<Record<string, string>> = {
  core: "repositoryformatversion filemode bare logallrefupdates ignorecase precomposeunicode symlinks autocrlf eol sparsecheckout longpaths",
  extensions: "partialclone objectformat worktreeconfig refstorage",
  remote: "url pushurl fetch promisor partialclonefilter tagopt prune",
  branch: "remote merge rebase description",
  lfs: "repositoryformatversion access locksverify url fetchinclude fetchexclude concurrenttransfers batch",
  user: "name email",
  filter: "required",
  gc: "auto",
  http: "postbuffer",
  pull: "rebase ff",
  submodule: "active url",
};
const SECTION = /^\[([\w.-]+)(?:\s+"(?:[^"\\\n]|\\.)*")?\]\s*(.*)$/;
const KEY = /^([A-Za-z][\w-]*)\s*(?:=\s*(.*))?$/;
const LFS_COMMAND = /^git-lfs (?:clean|smudge|filter-process)(?: --skip)?(?: -- %f)?$/;
const LFS_KEYS = new Set(["clean", "smudge", "process"]);

/** The first line of a clone's `config` that may name a program: git starts one for `fsmonitor`, `sshCommand` and many others. */
export function programOfGit(config: string): string | undefined {
  let allowed: ReadonlySet<string> = new Set();
  let section = "";
  for (const raw of config.split(/\r?\n/)) {
    let line = raw.trim();
    const header = SECTION.exec(line);
    if (header !== null) {
      section = (header[1] ?? "").toLowerCase();
      allowed = new Set(PLAIN[section]?.split(" "));
      line = header[2] ?? "";
    }
    if (line === "" || line.startsWith("#") || line.startsWith(";")) continue;
    const [, key, value = ""] = KEY.exec(line) ?? [];
    const name = key?.toLowerCase() ?? "";
    const isLfs = section === "filter" && LFS_KEYS.has(name) && LFS_COMMAND.test(value);
    // A continued line hides what follows; `ext::` is a command in the place of an address.
    if (!(isLfs || allowed.has(name)) || value.endsWith("\\") || value.includes("::")) return line;
  }
  return undefined;
}

/** Whether a hook is one that git-lfs installs, and nothing more. */
export function isLfsHook(script: string): boolean {
  return /^#!\/bin\/sh\ncommand -v git-lfs >\/dev\/null 2>&1 \|\| \{ (?:echo|printf) >&2(?: "[^"`$]*")+; exit \d; \}\ngit lfs (?:pre-push|post-checkout|post-commit|post-merge) "\$@"\n?$/.test(
    script,
  );
}
