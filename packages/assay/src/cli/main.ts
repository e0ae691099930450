import { start } from "./start.ts";

// No top-level await: the command is bundled as CommonJS.
void start();
