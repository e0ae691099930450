import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../temporary-folder.ts";
import { freePort, startServer, type RealServer } from "./server-process.ts";
import { hubTool } from "./tools.ts";

/**
 * Starts olah: a Hub over the git repositories `models/OWNER/NAME` of a folder, which asks no other hub. It has no
 * ranges, entity tags, pages or gates.
 */
export async function startOlah(mirrors: string): Promise<RealServer> {
  const port = await freePort();
  const folder = temporaryFolder();
  const configuration = join(folder, "olah.toml");
  const basic = {
    host: "127.0.0.1",
    port,
    "repos-path": join(folder, "repos"),
    "mirrors-path": [mirrors],
    "mirror-scheme": "http",
    "mirror-netloc": `127.0.0.1:${port}`,
  };
  const lines = Object.entries(basic).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  writeFileSync(configuration, `[basic]\n${lines.join("\n")}\n\n[accessibility]\noffline = true\n`);
  return await startServer({
    program: hubTool("olah-cli"),
    argv: ["--config", configuration, "--log-path", join(folder, "logs")],
    port,
    ready: "/openapi.json",
  });
}
