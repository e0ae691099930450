/** What was asked, in the asker's words. */
export interface VerifyQuestion {
  readonly model: string;
  readonly method: string;
  readonly publicKey: string | undefined;
  readonly certificateChain: readonly string[];
  /** The identity that was named, or the pattern for one. */
  readonly identity: string | undefined;
  /** The options that named the instance of a keyless signature. */
  readonly instance: readonly string[];
  readonly cwd: string;
  readonly verbose: boolean;
  /** Where the method was the wrong one: which it should have been. */
  readonly bundleMethod: string | undefined;
}
