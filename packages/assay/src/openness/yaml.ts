/** Reading a mof.yml, apart from `assay/openness` because the YAML parser is the larger part of the two. */
export { type ModelFile, readModelFile } from "./read-model.ts";
export type { YamlText, YamlValue } from "../encoding/yaml.ts";
