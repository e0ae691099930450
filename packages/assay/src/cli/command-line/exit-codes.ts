/** What the command's exit code means; the source of docs/exit-codes.md. */
export const EXIT_CODES = {
  0: "The answer is yes, or what was asked for is done: the signature is written, the digest printed, the two sides are the same.",
  1: "The answer is no: not these bytes, not this signer, not the same. Or this model or key cannot be signed.",
  2: "The command line is wrong: an option, an argument, a named path that does not exist, or a key, root or password that cannot be used. Nothing was checked.",
  3: "It could not be told: an unreadable file, a file that changed while it was read, an algorithm or method that this release does not know, a time limit. Or two sides do not differ in what was compared, and something was left out.",
  130: "Stopped by Ctrl-C, without an answer. Nothing was written.",
  143: "Stopped by SIGTERM, without an answer. Nothing was written.",
} as const;

export type ExitCode = keyof typeof EXIT_CODES;
