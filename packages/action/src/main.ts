// The entry of the action: `runs.main` of action.yml.
import { join } from "node:path";
import { runAction } from "./action.ts";
import { annotationLine } from "./workflow-commands.ts";

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
    // One line, whatever path the message of the system holds.
    process.stdout.write(`${annotationLine({ level: "error", title: "Assay", message: String(thrown) })}\n`);
    process.exitCode = 3;
  }
}
