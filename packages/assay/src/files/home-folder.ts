import { homedir } from "node:os";

/** The user's folder: HOME, else what the system says. Undefined where neither knows one: a container's user id without an entry. */
export function homeFolder(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const named = environment["HOME"];
  if (named !== undefined && named !== "") return named;
  try {
    return homedir();
  } catch {
    return undefined;
  }
}
