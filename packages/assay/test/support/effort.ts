import { configureGlobal } from "fast-check";

const isExhaustive = process.env["ASSAY_EXHAUSTIVE"] === "1";

// A sample is the same in every run; what is tried at length is different each time.
if (!isExhaustive) configureGlobal({ seed: 20_260_615 });

/** How much to try: a sample in which every rule shows in `npm test`, everything in `npm run test:exhaustive`. */
export function effort<Amount>(sample: Amount, everything: Amount): Amount {
  return isExhaustive ? everything : sample;
}
