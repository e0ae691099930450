// Everything that a page carries which verifies by itself; its size has a limit (.size-limit.json).
export * from "assay/bundle";
export * from "assay/statement";
export * from "assay/trust";
