/** The servers of a private Sigstore, and everything that decides what exactly is built. */
export type ServerName = "fulcio" | "ct-log" | "tsa" | "rekor2" | "rekor2-older" | "rekor1" | "trillian";

/** A published Go module, built as it is but for one line. */
export interface Published {
  readonly module: string;
  readonly version: string;
  /** The hash of the module's files as Go's checksum database has it. */
  readonly sum: string;
  /** The command's folder in the module. */
  readonly folder: string;
  /**
   * These servers show their figures to anyone who reaches port 2112, on every address of the machine. Here they
   * stay on the machine, and off a fixed port that two of them want. The text must occur in the file exactly once.
   */
  readonly patch?: { readonly file: string; readonly found: string; readonly put: string };
}

/** A small program of ours over published libraries, whose versions its go.mod and go.sum say. */
export interface Own {
  readonly source: string;
}

export const SERVERS: Readonly<Record<ServerName, Published | Own>> = {
  fulcio: {
    module: "github.com/sigstore/fulcio",
    version: "v1.8.8",
    sum: "h1:AtVoVQ4R7YaP6RHIH9puHyB398CHS/9WYc6d+gKf5Y0=",
    folder: ".",
    patch: {
      file: "cmd/app/serve.go",
      found: 'fmt.Sprintf(":%v", viper.GetString("metrics-port"))',
      put: 'fmt.Sprintf("127.0.0.1:%v", viper.GetString("metrics-port"))',
    },
  },
  "ct-log": { source: "go/ct-log" },
  tsa: {
    module: "github.com/sigstore/timestamp-authority/v2",
    version: "v2.1.3",
    sum: "h1:Fc+LjCTfik1lh3YLkaosENfkXa3R2Y1nswiUKutBdFA=",
    folder: "cmd/timestamp-server",
    patch: { file: "pkg/server/prometheus.go", found: '":2112"', put: '"127.0.0.1:0"' },
  },
  rekor2: {
    module: "github.com/sigstore/rekor-tiles/v2",
    version: "v2.3.0",
    sum: "h1:HhMgH61UP0t899V8Fjt7pz1YdgOBptbaQdnCF+79cdc=",
    folder: "cmd/rekor-server/posix",
  },
  /** The last one that takes DSSE envelopes (entries `dsse` 0.0.2): only for the table of who verifies what. */
  "rekor2-older": {
    module: "github.com/sigstore/rekor-tiles/v2",
    version: "v2.2.1",
    sum: "h1:UmV1CBQ3SjxxPGpFmwDoOhoIwiKpM2Qm1pU5tPGmvNk=",
    folder: "cmd/rekor-server/posix",
  },
  rekor1: {
    module: "github.com/sigstore/rekor",
    version: "v1.5.4",
    sum: "h1:A9zITTrkRwO+8lfq7L/gBR7rDHHcBQJRI+a0JQo4xDM=",
    folder: "cmd/rekor-server",
    patch: { file: "cmd/rekor-server/app/serve.go", found: '":2112"', put: '"127.0.0.1:0"' },
  },
  trillian: { source: "go/trillian" },
};

/** What a stack needs; the order is the order of building. */
export const STACK: readonly ServerName[] = ["fulcio", "rekor2", "tsa", "ct-log", "rekor1", "trillian"];
