import type { Examiner } from "./examiner.ts";
import { GZIP_EXAMINER } from "./examiners/archives/gzip.ts";
import { TAR_EXAMINER } from "./examiners/archives/tar.ts";
import { ZIP_EXAMINERS } from "./examiners/archives/zip.ts";
import { JSON_EXAMINER, TEMPLATE_EXAMINER } from "./examiners/configuration.ts";
import { GGUF_EXAMINER } from "./examiners/gguf.ts";
import { GIT_EXAMINER, INCOMPLETE_EXAMINER } from "./examiners/git.ts";
import { GRAPH_EXAMINERS } from "./examiners/graphs.ts";
import { MARKER_EXAMINER } from "./examiners/marker.ts";
import { MEDIA_EXAMINER } from "./examiners/media.ts";
import { SAFETENSORS_EXAMINER } from "./examiners/safetensors.ts";
import { SHARD_INDEX_EXAMINER } from "./examiners/shard-index.ts";
import { SOURCE_EXAMINER } from "./examiners/source-code.ts";
import { PICKLE_EXAMINERS } from "./pickle/examiners.ts";
import { TEXT_EXAMINER } from "./examiners/text.ts";
import { TRAINING_LOG_EXAMINER } from "./examiners/training-log.ts";
import { YAML_EXAMINER } from "./examiners/yaml.ts";

/**
 * Every examiner. Where content or name fits several, the first of them counts: the more a beginning says, the earlier.
 * Text is last.
 */
export const EXAMINERS: readonly Examiner[] = [
  GIT_EXAMINER,
  INCOMPLETE_EXAMINER,
  MARKER_EXAMINER,
  SAFETENSORS_EXAMINER,
  GGUF_EXAMINER,
  ...ZIP_EXAMINERS,
  ...PICKLE_EXAMINERS,
  TAR_EXAMINER,
  GZIP_EXAMINER,
  ...GRAPH_EXAMINERS,
  SHARD_INDEX_EXAMINER,
  JSON_EXAMINER,
  TEMPLATE_EXAMINER,
  YAML_EXAMINER,
  SOURCE_EXAMINER,
  MEDIA_EXAMINER,
  TRAINING_LOG_EXAMINER,
  TEXT_EXAMINER,
];
