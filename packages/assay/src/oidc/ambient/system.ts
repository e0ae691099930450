import { readFile } from "node:fs/promises";
import { httpClient, type HttpClient } from "../../network/http.ts";
import type { ProcessEnvironment, RunCommand } from "../../programs/run-command.ts";
import { commandRunner } from "./command.ts";

/** What ambient credentials are looked for in. Tests bring their own. */
export interface AmbientSystem {
  readonly environment: ProcessEnvironment;
  readonly http: HttpClient;
  /** For the metadata server of a cloud's machine, which no proxy can reach, or should see the answers of. */
  readonly directHttp: HttpClient;
  readonly run: RunCommand;
  /** A small text file of the system; undefined where it cannot be read. */
  readonly readText: (path: string) => Promise<string | undefined>;
}

/** Gets the token, once what gives it is recognized. */
export type ObtainToken = () => Promise<string>;

/** The machine that this code runs on, as `environment` describes it. */
export function ambientSystem(environment: ProcessEnvironment, http: HttpClient, signal?: AbortSignal): AmbientSystem {
  return {
    environment,
    http,
    directHttp: httpClient({ environment: {}, signal }),
    run: commandRunner(environment),
    readText: async (path) => {
      try {
        return await readFile(path, "utf8");
      } catch {
        return undefined;
      }
    },
  };
}
