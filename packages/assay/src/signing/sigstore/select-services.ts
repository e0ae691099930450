import { AssayError } from "../../core/error.ts";
import { covers } from "../../trust/sigstore/validity.ts";
import type { ServiceSelector, ConfiguredService, SigningConfig } from "./signing-config.ts";

/** The services that sign now. */
export interface SelectedServices {
  readonly fulcioUrl: string;
  /** Where a person logs in; undefined where the configuration names no issuer. */
  readonly oidcIssuer: string | undefined;
  readonly logs: readonly SelectedLog[];
  /** Whole URLs: what is posted is sent there and not under it. */
  readonly timestampUrls: readonly string[];
  /** Further authorities that may replace one of these, in this order. */
  readonly otherTimestampUrls?: readonly string[] | undefined;
}

/** A transparency log to write to, and the API that it has. */
export interface SelectedLog {
  readonly url: string;
  readonly version: 1 | 2;
}

/**
 * Picks from a signing configuration as the Sigstore clients do: of the services that are valid at `now`
 * and of a known version, those of the newest version, one an operator, the newest first; of these, as
 * many as the selector says.
 *
 * Throws SIGNING_CONFIG_INVALID where a service that is needed is missing. A Rekor v2 log gives no time,
 * so that with one a timestamp authority is needed.
 */
export function selectServices(config: SigningConfig, now: Date): SelectedServices {
  const logs = select("transparency log", config.logs, [2, 1], config.logSelector, now).chosen.flatMap(
    ({ url, majorApiVersion }): SelectedLog[] =>
      majorApiVersion === 1 || majorApiVersion === 2 ? [{ url, version: majorApiVersion }] : [],
  );
  const timestamps = select("timestamp authority", config.timestampAuthorities, [1], config.timestampSelector, now);
  const [fulcio] = select("certificate authority", config.certificateAuthorities, [1], { kind: "ANY" }, now).chosen;
  const [issuer] = select("identity provider", config.identityProviders, [1], { kind: "ANY" }, now).chosen;
  if (fulcio === undefined) throw missing("certificate authority", now);
  if (logs.length === 0) throw missing("transparency log", now);
  const timestampUrls = timestamps.chosen.map(({ url }) => url);
  const otherTimestampUrls = timestamps.others.map(({ url }) => url);
  return withProvenTime({ fulcioUrl: fulcio.url, oidcIssuer: issuer?.url, logs, timestampUrls, otherTimestampUrls });
}

/** The services as they are, where one of them proves the time. Throws SIGNING_CONFIG_INVALID. */
export function withProvenTime(services: SelectedServices): SelectedServices {
  if (services.timestampUrls.length > 0 || services.logs.every(({ version }) => version === 1)) return services;
  throw new AssayError("SIGNING_CONFIG_INVALID", "a Rekor v2 log is to be used, and no timestamp authority", {
    remedy: "name-timestamp-authority",
  });
}

interface Selection {
  readonly chosen: readonly ConfiguredService[];
  /** Suitable as well, and more than the selector asks for. */
  readonly others: readonly ConfiguredService[];
}

function select(
  what: string,
  services: readonly ConfiguredService[],
  versions: readonly number[],
  selector: ServiceSelector,
  now: Date,
): Selection {
  const valid = services.filter(({ validFor }) => validFor === undefined || covers(validFor, now));
  const version = versions.find((version) => valid.some((service) => service.majorApiVersion === version));
  const ofVersion = valid.filter((service) => service.majorApiVersion === version).toSorted((a, b) => startOf(b) - startOf(a));
  const operators = new Map<string, ConfiguredService>();
  for (const service of ofVersion) if (!operators.has(service.operator)) operators.set(service.operator, service);
  const suitable = [...operators.values()];
  switch (selector.kind) {
    case "ANY":
      return { chosen: suitable.slice(0, 1), others: suitable.slice(1) };
    case "ALL":
      return { chosen: suitable, others: [] };
    case "EXACT":
      if (suitable.length >= selector.count) return { chosen: suitable.slice(0, selector.count), others: suitable.slice(selector.count) };
      throw new AssayError(
        "SIGNING_CONFIG_INVALID",
        `the signing configuration asks for ${selector.count} services of the kind ${what}, and ${suitable.length} of different operators are valid now`,
      );
  }
}

function startOf({ validFor }: ConfiguredService): number {
  return validFor?.start.getTime() ?? 0;
}

function missing(what: string, now: Date): AssayError {
  return new AssayError("SIGNING_CONFIG_INVALID", `the signing configuration names no ${what} that is valid now (${now.toISOString()})`, {
    hint: "it may be out of date: get a newer one, or name the services by their URLs",
  });
}
