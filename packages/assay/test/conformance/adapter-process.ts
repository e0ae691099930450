// The adapter as the suites start it, by the script `adapter`.
import { runAdapter } from "./adapter.ts";

process.exitCode = await runAdapter(process.argv.slice(2), (stream, text) => void process[stream].write(text));
