import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { writeFiles } from "../models/on-disk.ts";

/** A model as a git repository whose weights are stored by git-LFS, as hubs store them. */
export interface ModelRepository {
  readonly folder: string;
  /** Writes the files, commits everything, and returns the commit. */
  commit(files?: Readonly<Record<string, string | Uint8Array>>): string;
  git(...words: readonly string[]): string;
}

/** Makes `models/OWNER/NAME` in a folder of mirrors; empty, but for git's own files. */
export function makeModelRepository(mirrors: string, id: string): ModelRepository {
  const folder = join(mirrors, "models", ...id.split("/"));
  mkdirSync(folder, { recursive: true });
  const git = (...words: readonly string[]): string => {
    // The user's own settings must not decide: hooks, signatures, names of branches.
    const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null", GIT_TERMINAL_PROMPT: "0" };
    const { status, stdout, stderr } = spawnSync("git", words, { cwd: folder, env, encoding: "utf8" });
    if (status !== 0) throw new Error(`git ${words.join(" ")}: ${stderr}`);
    return stdout.trim();
  };
  git("init", "--quiet", "--initial-branch=main");
  git("config", "user.name", "Release");
  git("config", "user.email", "release@acme.example");
  git("lfs", "install", "--local");
  git("lfs", "track", "*.safetensors", "*.bin");
  return {
    folder,
    git,
    commit(files = {}) {
      writeFiles(folder, files);
      git("add", "--all");
      git("commit", "--quiet", "--message", "Change the model");
      return git("rev-parse", "HEAD");
    },
  };
}
