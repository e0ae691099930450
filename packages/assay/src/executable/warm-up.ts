import type { Host } from "../cli/host/host.ts";
import { runCommandLine } from "../cli/run.ts";

/** Verifies the small model of scripts/executable/warm-up, in the folder that the build gives. */
const LINES = [["verify", "key", "model", "--public-key", "key.pub", "--signature", "signature.json", "--no-progress"], ["--version"]];

/** Runs what every start should find loaded. Ends the process where it fails: the executable would be slow, or wrong. */
export async function warmUp(): Promise<void> {
  const cwd = process.env["ASSAY_WARM_UP"] ?? "";
  let printed = "";
  const host: Host = {
    cwd,
    environment: {},
    signal: new AbortController().signal,
    interruptExitCode: () => undefined,
    facts: () => ({ isTerminal: false, columns: undefined }),
    write: (_stream, text) => {
      printed += text;
    },
    askSecret: undefined,
  };
  for (const line of LINES) {
    const exitCode = await runCommandLine(line, host);
    if (exitCode !== 0) throw new Error(`the warm-up ended with ${exitCode}: ${printed}`);
  }
}
