import { AssayError } from "../../core/error.ts";
import type { PublicKey } from "../public-key.ts";

/** Far above what honest chains need, and all together under a second: hostile ones stop here. */
const LIMITS = { signatures: 200, steps: 4000, paths: 100, names: 1 << 18 };

/**
 * What one path validation may cost. Candidates come with the bundle, so that an attacker chooses how
 * many there are and how they lead to each other. Every method throws CERTIFICATE_PATH_WORK.
 */
export class WorkBudget {
  readonly #left = { ...LIMITS };

  /** One signature to verify with `key`; the larger the key, the more it counts. */
  spendSignature(key: PublicKey): void {
    this.#spend("signatures", costOf(key), "signatures to verify");
  }

  /** One certificate to consider as the issuer of another. */
  spendStep(): void {
    this.#spend("steps", 1, "ways to try");
  }

  /** One complete path to check. */
  spendPath(): void {
    this.#spend("paths", 1, "paths to check");
  }

  /** Pairs of a name and a constraint to compare. */
  spendNames(pairs: number): void {
    this.#spend("names", pairs, "names to compare with name constraints");
  }

  #spend(kind: keyof typeof LIMITS, amount: number, what: string): void {
    this.#left[kind] -= amount;
    if (this.#left[kind] >= 0) return;
    throw new AssayError("CERTIFICATE_PATH_WORK", `the certificates have too many ${what}: the limit is ${LIMITS[kind]}`, {
      hint: "give only the certificates of the signer's own chain",
    });
  }
}

/** About how many times the work of verifying with P-256. */
function costOf(key: PublicKey): number {
  if (key.kind === "ed25519") return 10;
  if (key.kind === "rsa") return Math.ceil((key.bits / 4096) ** 2);
  return CURVE_COSTS[key.curve];
}

const CURVE_COSTS = { "P-256": 1, "P-384": 3, "P-521": 6 } as const;
