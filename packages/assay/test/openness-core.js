// What a page carries that evaluates the openness of a model it has read already; its size has a limit (.size-limit.json).
export * from "assay/openness";
