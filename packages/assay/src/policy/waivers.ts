import type { WaiverUse } from "./decision.ts";
import { isUnavailable, type Facts } from "./facts.ts";
import type { RuleName, Waiver } from "./policy.ts";
import { endOfDay, startOfDay } from "./read/values.ts";

/** A day begins first where clocks are 14 hours ahead of UTC: who writes today's date there has a waiver that holds. */
const FIRST_ZONE_MS = 14 * 60 * 60 * 1000;

/** The waivers of a policy for one model at one time. */
export class Waivers {
  readonly #waivers: readonly Waiver[];
  readonly #manifest: string;
  readonly #time: Date;
  readonly #used = new Set<Waiver>();

  constructor(waivers: readonly Waiver[], manifest: string, time: Date) {
    this.#waivers = waivers;
    this.#manifest = manifest;
    this.#time = time;
  }

  /** The place in the list of one that holds; undefined where none does. */
  waiverFor(rule: RuleName): number | undefined {
    const found = this.#waivers.find((waiver) => waiver.rule === rule && this.#holds(waiver));
    if (found === undefined) return undefined;
    this.#used.add(found);
    return this.#waivers.indexOf(found);
  }

  /** The ids of advisories about this model that are waived. */
  waivedAdvisories({ advisories }: Facts): ReadonlySet<string> {
    const hits = isUnavailable(advisories) ? [] : advisories.hits.map(({ id }) => id);
    const holding = this.#waivers.filter(
      (waiver) => waiver.rule === "advisories" && hits.includes(waiver.advisory ?? "") && this.#holds(waiver),
    );
    for (const waiver of holding) this.#used.add(waiver);
    return new Set(holding.map(({ advisory = "" }) => advisory));
  }

  /** The place in the list of the first waiver of this rule that was used. */
  firstUsed(rule: RuleName): number | undefined {
    const index = this.#waivers.findIndex((waiver) => waiver.rule === rule && this.#used.has(waiver));
    return index < 0 ? undefined : index;
  }

  /** Says that a waiver ended, or begins later, for those who rely on it. */
  timeNote(rule: RuleName): string {
    const own = this.#waivers.filter((waiver) => waiver.rule === rule && waiver.manifest === this.#manifest);
    const ended = own.find((waiver) => this.#isExpired(waiver));
    if (ended !== undefined) return `; a waiver ended on ${ended.expires}`;
    const later = own.find((waiver) => this.#isToCome(waiver));
    return later?.issued === undefined ? "" : `; a waiver begins on ${later.issued}`;
  }

  uses(): WaiverUse[] {
    return this.#waivers.map((waiver, index) => ({
      index,
      rule: waiver.rule,
      advisory: waiver.advisory ?? null,
      expires: waiver.expires,
      state: this.#stateOf(waiver),
    }));
  }

  #stateOf(waiver: Waiver): WaiverUse["state"] {
    if (waiver.manifest !== this.#manifest) return "other-model";
    if (this.#isExpired(waiver)) return "expired";
    return this.#used.has(waiver) ? "used" : "unused";
  }

  #holds(waiver: Waiver): boolean {
    return waiver.manifest === this.#manifest && !this.#isExpired(waiver) && !this.#isToCome(waiver);
  }

  #isToCome({ issued }: Waiver): boolean {
    return issued !== undefined && this.#time.getTime() < startOfDay(issued) - FIRST_ZONE_MS;
  }

  #isExpired({ expires }: Waiver): boolean {
    return this.#time.getTime() >= endOfDay(expires);
  }
}
