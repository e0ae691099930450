// Builds the page and serves it on this machine alone: npm run page [-- --port N]
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { writePage } from "./build-page.ts";

const { values } = parseArgs({ options: { port: { type: "string", default: "8017" }, build: { type: "boolean", default: false } } });
const { html, headers, file } = await writePage();
process.stdout.write(`${file}\n`);
if (!values.build) {
  const server = createServer((request, response) => {
    if (request.url !== "/") {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, headers).end(html);
  });
  server.listen(Number(values.port), "127.0.0.1", () => process.stdout.write(`http://127.0.0.1:${values.port}/\n`));
}
