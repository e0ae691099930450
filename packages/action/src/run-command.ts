import { spawn } from "node:child_process";

type Environment = Readonly<Record<string, string | undefined>>;

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command that comes with the action, on the Node that runs the action, without a shell. */
export function runCommand(entry: string, words: readonly string[], cwd: string, environment: Environment): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [entry, ...words], { cwd, env: environmentOf(environment), stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject);
    child.on("close", (code, signal) =>
      resolve({ exitCode: code ?? 3, stdout, stderr: signal === null ? stderr : `${stderr}ended by ${signal}\n` }),
    );
  });
}

/** Node's variables that add certificates of servers to trust, as runners of a company need them. */
const OF_SERVERS = /^NODE_(?:EXTRA_CA_CERTS|USE_SYSTEM_CA)$/i;

/** The job's environment, from which keyless signing takes its credentials; nothing of it adds code or options to the command. */
function environmentOf(environment: Environment): Record<string, string> {
  const kept = Object.entries(environment).filter(([name]) => OF_SERVERS.test(name) || !/^(?:INPUT_|NODE_|OPENSSL_)/i.test(name));
  return { ...Object.fromEntries(kept.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))), NO_COLOR: "1" };
}
