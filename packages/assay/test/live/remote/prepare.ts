// Makes the servers and clients that `npm run test:remote` needs, before its tests start: they would build them at once.
import { TOOLS } from "../../support/remote-servers/tools.ts";
import { cosign } from "../evidence/tools.ts";

const problems: string[] = [];
for (const [name, tool] of Object.entries({ ...TOOLS, cosign })) {
  const started = performance.now();
  try {
    tool();
    const seconds = Math.round((performance.now() - started) / 1000);
    if (seconds > 1) process.stdout.write(`made ${name} in ${seconds} s\n`);
  } catch (error) {
    problems.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
if (problems.length > 0) {
  process.stderr.write(`the tests with real servers lack something:\n${problems.join("\n")}\n`);
  process.exit(1);
}
