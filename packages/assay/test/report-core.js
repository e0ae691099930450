// What .size-limit.json measures: all of assay/report, as a page would import it.
export * from "assay/report";
