import type { Examiner } from "../examiner.ts";

/** A record: its length in eight bytes, a checksum in four, then an event, whose first field is the time. */
const HEADER_BYTES = 12;
const TIME_FIELD = 0x09;

/** Logs of TensorBoard, which trainers leave beside a model: no loader reads them. */
export const TRAINING_LOG_EXAMINER: Examiner = {
  format: "TensorBoard log",
  isNamed: (name) => name.includes("events.out.tfevents."),
  begins: () => false,
  isDistinctive: false,
  async examine({ head, report, setNotLoaded }) {
    if (head[HEADER_BYTES] !== TIME_FIELD || head.subarray(3, 8).some((byte) => byte !== 0))
      return report("media/not-media", "does not begin as a log of TensorBoard");
    setNotLoaded();
  },
};
