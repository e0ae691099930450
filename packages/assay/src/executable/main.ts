// The entry of the single executable. It runs once, when the executable is built: what it leaves in memory is the snapshot that
// every start begins with. So it loads the code of a verification and runs one, which makes the start of all others shorter.
import { restore } from "./without-traces.ts";
import { startupSnapshot } from "node:v8";
import { keepNurserySmall, start } from "../cli/start.ts";
import { warmUp } from "./warm-up.ts";

/** Node's own modules are compiled already, for the flags that it starts with: most are loaded before this time. */
const FLAGS_AFTER_MS = 100;

startupSnapshot.setDeserializeMainFunction(() => {
  setTimeout(keepNurserySmall, FLAGS_AFTER_MS).unref();
  // All is written when it ends. Leaving at once saves what Node would do to take itself apart, a twentieth of a short run.
  void start().then(() => process.exit());
});
void warmUp().finally(restore);
