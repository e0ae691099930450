import { AssayError } from "../../core/error.ts";
import { parseJson } from "../../encoding/json.ts";
import { DESKTOP } from "../../programs/environment.ts";
import { programRunner } from "../../programs/run-command.ts";
import type { Account } from "./account.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** What the helpers of the clouds and of desktops read: their own accounts and key rings. */
const NEEDED = [
  ...DESKTOP,
  ..."DOCKER_* REGISTRY_AUTH_FILE AWS_* CLOUDSDK_* GOOGLE_* AZURE_* ACR_* GNUPGHOME GPG_* PASSWORD_STORE_* SSH_AUTH_SOCK".split(" "),
];
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
/** By the protocol, a helper without an account says this. */
const NOT_FOUND = /credentials not found/i;
/** Where the user name is this, the secret is a refresh token. */
const IDENTITY = "<token>";

/**
 * Asks a helper program (`docker-credential-NAME get`) for the account of a server. The program is that of the search path, and is
 * run without a shell.
 *
 * Undefined where it has none. Throws REMOTE_DENIED where it is missing or fails, ABORTED; no word of it is shown.
 */
export async function accountOfHelper(
  name: string,
  server: string,
  environment: Environment,
  signal?: AbortSignal,
): Promise<Account | undefined> {
  if (!NAME.test(name)) throw failed(name, "is not the name of a program");
  const program = `docker-credential-${name}`;
  const run = programRunner(environment, { needed: NEEDED, failure: "REMOTE_DENIED", input: server, maxBytes: 64 * 1024 });
  const ended = await run(program, ["get"], signal);
  if (ended === undefined) throw failed(name, "was not found on the search path");
  if (ended.exitCode !== 0) {
    if (NOT_FOUND.test(ended.stdout) || NOT_FOUND.test(ended.stderr)) return undefined;
    throw failed(name, "failed");
  }
  const [user, secret] = read(name, ended.stdout);
  if (secret === "") return undefined;
  return user === IDENTITY ? { kind: "identity", token: secret } : { kind: "password", user, password: secret };
}

/** The strict reader's own words could quote what the helper wrote. */
function read(name: string, text: string): readonly [string, string] {
  try {
    const document = parseJson(new TextEncoder().encode(text), { what: "answer", shapeCode: "REMOTE_DENIED", maxDepth: 4, maxValues: 64 });
    return [document.require("Username").string(), document.require("Secret").string()];
  } catch {
    throw failed(name, "gives an answer that is not by its protocol");
  }
}

function failed(name: string, why: string): AssayError {
  return new AssayError("REMOTE_DENIED", `the credential helper docker-credential-${name.slice(0, 64)} ${why}`);
}
