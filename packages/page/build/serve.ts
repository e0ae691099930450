// Builds the page and serves it on this machine alone: npm run page [-- --port N]
import { parseArgs } from "node:util";
import { writePage } from "./build-page.ts";
import { pageServer } from "./page-server.ts";

const { values } = parseArgs({ options: { port: { type: "string", default: "8017" }, build: { type: "boolean", default: false } } });
const page = await writePage();
process.stdout.write(`${page.file}\n`);
if (!values.build) {
  pageServer(page).listen(Number(values.port), "127.0.0.1", () => process.stdout.write(`http://127.0.0.1:${values.port}/\n`));
}
