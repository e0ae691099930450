import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CLIENT_ID } from "./issuer.ts";
import { KEY_PASSWORD, type Authorities } from "./authorities.ts";
import type { Ports } from "./ports.ts";
import { LOG_ORIGIN } from "./trust-config.ts";
import type { ServerName } from "./versions.ts";

/** One server to start: its command line, and the address that answers when it is ready. */
export interface ServerCommand {
  readonly server: ServerName;
  readonly words: readonly string[];
  /** An address to fetch, or a port that only has to take a connection. */
  readonly ready: string | number;
}

export interface Place {
  readonly folder: string;
  readonly ports: Ports;
  readonly authorities: Authorities;
}

const HOST = "127.0.0.1";

/** The servers in the order of starting; those of one row depend on nothing in their row. */
export function serverCommands(place: Place, rekor2: ServerName): readonly (readonly ServerCommand[])[] {
  return [
    [ctLog(place), tsa(place), rekor(place, rekor2), trillian(place)],
    [fulcio(place), rekor1(place)],
  ];
}

function fulcio({ folder, ports, authorities }: Place): ServerCommand {
  const config = join(folder, "fulcio.yaml");
  const issuer = `http://${HOST}:${ports.issuer}`;
  writeFileSync(
    config,
    `oidc-issuers:
  ${issuer}:
    issuer-url: ${issuer}
    client-id: ${CLIENT_ID}
    type: email
    contact: contact@example.com
    description: the issuer of this private Sigstore
`,
  );
  const words = flags({
    host: HOST,
    port: ports.fulcio,
    "grpc-host": HOST,
    "grpc-port": ports.fulcioGrpc,
    "metrics-port": ports.fulcioMetrics,
    "config-path": config,
    ca: "fileca",
    "fileca-cert": authorities.fulcioChain,
    "fileca-key": authorities.fulcioKey,
    "fileca-key-passwd": KEY_PASSWORD,
    "fileca-watch": false,
    "ct-log-url": `http://${HOST}:${ports.ctLog}`,
    "ct-log-public-key-path": authorities.ctPublicKey,
    // Abstract: a socket in the file system would outlive a kill and then be in the way.
    "legacy-unix-domain-socket": `@assay-fulcio-${ports.fulcio}`,
  });
  return { server: "fulcio", words: ["serve", ...words], ready: `http://${HOST}:${ports.fulcio}/healthz` };
}

function ctLog({ folder, ports, authorities }: Place): ServerCommand {
  const words = flags({
    listen: `${HOST}:${ports.ctLog}`,
    origin: LOG_ORIGIN,
    folder: join(folder, "ct-log"),
    key: authorities.ctKey,
    roots: authorities.fulcioRoot,
  });
  return { server: "ct-log", words, ready: `http://${HOST}:${ports.ctLog}/ct/v1/get-roots` };
}

function tsa({ ports, authorities }: Place): ServerCommand {
  const words = flags({
    host: HOST,
    port: ports.tsa,
    "disable-ntp-monitoring": true,
    "timestamp-signer": "file",
    "file-signer-key-path": authorities.tsaKey,
    "file-signer-passwd": KEY_PASSWORD,
    "certificate-chain-path": authorities.tsaChain,
  });
  return { server: "tsa", words: ["serve", ...words], ready: `http://${HOST}:${ports.tsa}/ping` };
}

function rekor({ folder, ports, authorities }: Place, server: ServerName): ServerCommand {
  const words = flags({
    "http-address": HOST,
    "http-port": ports.rekor2Server,
    "grpc-address": HOST,
    "grpc-port": ports.rekor2Grpc,
    "http-metrics-port": ports.rekor2Metrics,
    hostname: LOG_ORIGIN,
    "storage-dir": join(folder, "rekor2"),
    "signer-filepath": authorities.rekor2Key,
    "checkpoint-interval": "1s",
    "batch-max-age": "100ms",
  });
  return { server, words: ["serve", ...words], ready: `http://${HOST}:${ports.rekor2Server}/healthz` };
}

function rekor1({ ports, authorities }: Place): ServerCommand {
  const words = flags({
    "rekor_server.address": HOST,
    port: ports.rekor1,
    "rekor_server.hostname": LOG_ORIGIN,
    "trillian_log_server.address": HOST,
    "trillian_log_server.port": ports.trillian,
    "rekor_server.signer": authorities.rekor1Key,
    "rekor_server.signer-passwd": KEY_PASSWORD,
    // Searching by hash would need a Redis.
    enable_retrieve_api: false,
  });
  return { server: "rekor1", words: ["serve", ...words], ready: `http://${HOST}:${ports.rekor1}/api/v1/log` };
}

function trillian({ ports }: Place): ServerCommand {
  return { server: "trillian", words: flags({ listen: `${HOST}:${ports.trillian}` }), ready: ports.trillian };
}

function flags(values: Readonly<Record<string, string | number | boolean>>): string[] {
  return Object.entries(values).map(([name, value]) => `--${name}=${value}`);
}
