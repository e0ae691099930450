import { realpathSync, statSync, type BigIntStats } from "node:fs";
import { sep } from "node:path";
import { AssayError } from "../core/error.ts";
import type { Warning } from "../core/warning.ts";
import { hubCacheOf, type HubCache } from "./hub-cache.ts";
import { systemCode } from "../core/system-code.ts";
import { fileSystemError } from "./file-system-error.ts";
import { seeLink } from "./see.ts";
import type { SeenLink } from "./seen.ts";

/** What is at the end of a followed link. */
export interface LinkTarget {
  /** Absolute and resolved. */
  readonly path: string;
  readonly stats: BigIntStats;
}

/**
 * Who allows links; undefined: only the own links of a Hugging Face cache are followed. The caller alone may
 * allow those that point outside the model.
 */
export type LinkPermission = "caller" | "signer" | undefined;

/** Follows links for one walk, and remembers what has to be said about it. OMS section 6.1.1. */
export class Links {
  readonly permission: LinkPermission;
  /** Every link that was followed. */
  readonly seen: SeenLink[] = [];
  readonly #root: string;
  readonly #rootInside: string;
  readonly #cache: HubCache | undefined;
  #followed = 0;
  #outside = 0;
  #firstOutside = "";

  constructor(root: string, permission: LinkPermission) {
    this.permission = permission;
    this.#root = root;
    this.#rootInside = root.endsWith(sep) ? root : root + sep;
    this.#cache = hubCacheOf(root);
  }

  /** How many were followed with permission. */
  get followed(): number {
    return this.#followed;
  }

  /** Whether this link is one by which a Hugging Face cache stores a file: followed without permission. */
  isOwn(path: string): boolean {
    return this.#cache?.owns(path) === true;
  }

  /**
   * Throws LINK_NOT_ALLOWED; LINK_LOOP and LINK_DANGLING for a link without an end; LINK_OUTSIDE for one
   * out of the model where only the signer allows links.
   */
  follow(path: string, name: string): LinkTarget {
    // Noted before it is checked: a link that changes in between is found by the second look.
    const link = seeLink(path, name);
    const isOwn = this.isOwn(path);
    if (this.permission === undefined && !isOwn) throw linkNotAllowed(name);
    const target = resolveLink(path, name);
    if (link !== undefined) this.seen.push(link);
    if (isOwn) return target;
    if (target.path !== this.#root && !target.path.startsWith(this.#rootInside)) this.#noteOutside(name, target.path);
    this.#followed++;
    return target;
  }

  warnings(): Warning[] {
    if (this.#outside === 0) return [];
    const message =
      this.#outside === 1
        ? `the link ${this.#firstOutside} points outside the model`
        : `${this.#outside} links point outside the model, one of them ${this.#firstOutside}`;
    return [{ code: "LINK_OUTSIDE_ROOT", message }];
  }

  #noteOutside(name: string, target: string): void {
    if (this.permission !== "caller") {
      throw new AssayError("LINK_OUTSIDE", `the link ${name} points outside the model, to ${target}`, {
        remedy: "allow-outside-links",
      });
    }
    this.#outside++;
    if (this.#outside === 1) this.#firstOutside = `${name} -> ${target}`;
  }
}

export function linkNotAllowed(name: string): AssayError {
  return new AssayError("LINK_NOT_ALLOWED", `${name} is a symbolic link: links are not allowed`, {
    remedy: "replace-link",
  });
}

function resolveLink(path: string, name: string): LinkTarget {
  try {
    const target = realpathSync.native(path);
    return { path: target, stats: statSync(target, { bigint: true }) };
  } catch (error) {
    switch (systemCode(error)) {
      case "ENOENT":
      case "ENOTDIR":
        throw new AssayError("LINK_DANGLING", `the link ${name} is dangling: its target does not exist`, { cause: error });
      case "ELOOP":
        throw new AssayError("LINK_LOOP", `the link ${name} is part of a loop`, { cause: error });
      default:
        throw fileSystemError(error, `the target of the link ${name}`);
    }
  }
}
