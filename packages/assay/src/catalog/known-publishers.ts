import { readShippedData } from "./shipped-data.ts";

/** A publisher whose signatures are known, and how they are bound to its models. */
export interface KnownPublisher {
  readonly id: string;
  readonly name: string;
  /** What it signs, and how. */
  readonly signs: string;
  /** A pattern for the references of its models: an identity counts only together with it. */
  readonly reference: string;
  readonly issuer: string;
  readonly identities: readonly { readonly identity: string; readonly seen: string }[];
  readonly source: string;
  /** When it was seen, YYYY-MM-DD. */
  readonly date: string;
}

interface PublisherData extends Omit<KnownPublisher, "reference" | "issuer"> {
  readonly reference: string | null;
  readonly issuer: string | null;
  /** Why it must not be suggested; null for one that may be. */
  readonly notSuggested: string | null;
}

let loaded: readonly KnownPublisher[] | undefined;

/**
 * The publishers that may be suggested to those who write a policy, as they ship with the package: facts with their source and
 * date, and never trust by themselves. Throws INTERNAL where the installation lacks them.
 */
export function knownPublishers(): readonly KnownPublisher[] {
  loaded ??= readShippedData("publishers.json", "list of publishers", suggested);
  return loaded;
}

function suggested(json: string): readonly KnownPublisher[] {
  const { publishers }: { readonly publishers: readonly PublisherData[] } = JSON.parse(json);
  return publishers.flatMap(({ notSuggested, reference, issuer, ...publisher }) =>
    notSuggested !== null || reference === null || issuer === null ? [] : [{ ...publisher, reference, issuer }],
  );
}
