import { keepNurserySmall, start } from "./start.ts";

keepNurserySmall();

// No top-level await: the command is bundled as CommonJS.
void start();
