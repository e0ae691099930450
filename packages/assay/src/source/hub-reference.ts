import { AssayError } from "../core/error.ts";

/** A model on a Hugging Face hub, and its revision as it is named. */
export interface HubModelName {
  /** `owner/name`. */
  readonly id: string;
  readonly revision: string | undefined;
}

/** An address of the hub, with or without its scheme. */
const ADDRESS = /^(?:https?:\/\/)?(?:www\.)?(?:huggingface\.co|hf\.co)(?:[/?#]|$)/i;
const SCHEME = /^hf:(?:\/\/)?/;
const PART = /^[A-Za-z0-9][\w.-]{0,95}$/;
const REVISION = /^\w[\w./-]{0,250}$/;
/** What follows the name in an address of something at a revision, and of pages about the model. */
const AT_REVISION: ReadonlySet<string> = new Set(["tree", "blob", "resolve", "raw", "commit", "commits", "blame", "edit"]);
/** First words of addresses that do not name an owner. */
const OTHER_PAGES: ReadonlySet<string> = new Set(
  "api blog chat collections docs enterprise inference join learn login models new organizations papers posts pricing search settings support tasks".split(
    " ",
  ),
);

/** Whether a text names something on the Hugging Face hub: `hf:...`, or an address as a browser shows it. */
export function isHubReference(text: string): boolean {
  return SCHEME.test(text) || ADDRESS.test(text);
}

/**
 * Reads `hf:owner/name`, `hf:owner/name@revision`, or what people paste: the address of a model, of its files at a revision, or
 * of one of these files, with whatever a browser leaves behind it. Undefined for what is malformed. Throws USAGE for what the
 * hub has besides models.
 */
export function readHubReference(text: string): HubModelName | undefined {
  if (SCHEME.test(text)) return readName(text.replace(SCHEME, ""));
  const path = text.replace(ADDRESS, "").replace(/[?#].*$/s, "");
  const segments = path.split("/").filter((segment) => segment !== "");
  const [owner = "", named = "", page, revision] = segments;
  checkKind(owner, text);
  const [name = "", ...revisions] = named.split("@");
  if (page !== undefined && AT_REVISION.has(page) && revision !== undefined) {
    return revisions.length > 0 ? undefined : modelName(owner, name, decoded(revision));
  }
  return modelName(owner, name, revisions.length === 0 ? undefined : revisions.join("@"));
}

function readName(rest: string): HubModelName | undefined {
  const [owner = "", ...others] = rest.replace(/\/$/, "").split("/");
  checkKind(owner, `hf:${rest}`);
  const [name = "", ...revisions] = others.join("/").split("@");
  return modelName(owner, name, revisions.length === 0 ? undefined : revisions.join("@"));
}

function modelName(owner: string, name: string, revision: string | undefined): HubModelName | undefined {
  if (!PART.test(owner) || !PART.test(name)) return undefined;
  if (revision !== undefined && (!REVISION.test(revision) || revision.split("/").includes(".."))) return undefined;
  return { id: `${owner}/${name}`, revision };
}

function checkKind(owner: string, text: string): void {
  const shown = JSON.stringify(text.slice(0, 200));
  if (owner === "datasets" || owner === "spaces") {
    throw new AssayError("USAGE", `${shown} is a ${owner.slice(0, -1)} of the hub, and not a model`, {
      hint: "name a model: hf:owner/name, or its address https://huggingface.co/owner/name",
    });
  }
  if (!OTHER_PAGES.has(owner)) return;
  throw new AssayError("USAGE", `${shown} is a page of the hub, and not a model`, {
    hint: "name a model: hf:owner/name, or its address https://huggingface.co/owner/name",
  });
}

/** A revision with a slash has it encoded in an address. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
