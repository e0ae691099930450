import type { Reason } from "../reason.ts";
import { KERAS_REASONS } from "./keras.ts";
import { SKOPS_REASONS } from "./skops.ts";
import { TAR_REASONS } from "./tar.ts";
import { TORCH_REASONS } from "./torch.ts";
import { ZIP_REASONS } from "./zip.ts";

/** Archives: zip, tar, gzip; the layouts of PyTorch, Keras and skops in them. */
export const ARCHIVE_REASONS = {
  ...ZIP_REASONS,
  ...TAR_REASONS,
  ...TORCH_REASONS,
  ...KERAS_REASONS,
  ...SKOPS_REASONS,
} as const satisfies Readonly<Record<string, Reason>>;
