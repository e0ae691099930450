import type { VerifyMethod } from "../../command.ts";

/** What was asked, in the asker's words. */
export interface VerifyQuestion {
  readonly model: string;
  readonly method: VerifyMethod;
  readonly publicKey: string | undefined;
  readonly certificateChain: readonly string[];
  /** The identity that was named, or the pattern for one. */
  readonly identity: string | undefined;
  /** The options that named the instance of a keyless signature. */
  readonly instance: readonly string[];
  readonly cwd: string;
  readonly verbose: boolean;
}
