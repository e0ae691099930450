import { type ChildProcess, spawn } from "node:child_process";
import { DESKTOP, programEnvironment } from "../programs/environment.ts";

/** Tries to show a page to the person at this machine; false where that surely failed. */
export type OpenBrowser = (url: string) => Promise<boolean>;

/** An opener that has not failed by then has handed the page on, or is the browser itself. */
const PATIENCE_MS = 1500;

/** The machine whose browser is opened. */
export interface Desktop {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * How this machine opens a page, without a shell in between; undefined where no person can be expected
 * to see it: no display, or a session over SSH, whose browser would have to reach this machine's loopback.
 */
export function systemBrowser({ platform, environment }: Desktop): OpenBrowser | undefined {
  if (["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"].some((name) => isSet(environment, name))) return undefined;
  const [program, ...parameters] = opener(platform);
  const hasDisplay =
    platform === "win32" || platform === "darwin" || isSet(environment, "DISPLAY") || isSet(environment, "WAYLAND_DISPLAY");
  return hasDisplay ? (url) => open(program, [...parameters, url], environment) : undefined;
}

function opener(platform: NodeJS.Platform): [string, ...string[]] {
  if (platform === "darwin") return ["open"];
  return platform === "win32" ? ["rundll32", "url.dll,FileProtocolHandler"] : ["xdg-open"];
}

function isSet(environment: Desktop["environment"], name: string): boolean {
  return (environment[name] ?? "") !== "";
}

function open(program: string, parameters: readonly string[], environment: Desktop["environment"]): Promise<boolean> {
  return new Promise((resolve) => {
    let child: ChildProcess;
    try {
      child = spawn(program, parameters, { detached: true, stdio: "ignore", env: programEnvironment(environment, DESKTOP) });
    } catch {
      // An address that is longer than a program's argument may be.
      resolve(false);
      return;
    }
    const timer = setTimeout(() => resolve(true), PATIENCE_MS);
    child.on("error", () => finish(false));
    child.on("exit", (code) => finish(code === 0));
    child.unref();

    function finish(isOpen: boolean): void {
      clearTimeout(timer);
      resolve(isOpen);
    }
  });
}
