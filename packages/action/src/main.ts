// The entry of the action: `runs.main` of action.yml.
import { join } from "node:path";
import { runAction } from "./action.ts";

// No top-level await: the entry is bundled as CommonJS.
void main();

async function main(): Promise<void> {
  try {
    process.exitCode = await runAction({
      environment: process.env,
      cwd: process.cwd(),
      entry: join(import.meta.dirname, "assay", "dist", "bin", "assay.js"),
      log: (text) => process.stdout.write(text),
    });
  } catch (thrown) {
    process.stderr.write(`${String(thrown)}\n`);
    process.exitCode = 3;
  }
}
