// The same with the reading of a mof.yml.
export * from "assay/openness";
export * from "assay/openness/yaml";
