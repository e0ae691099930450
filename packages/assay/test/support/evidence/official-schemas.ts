import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";

const FOLDER = new URL("../../report/evidence/schemas/", import.meta.url);
const SARIF = new URL("../../report/sarif/sarif-schema-2.1.0.json", import.meta.url);

function read(url: URL): Record<string, unknown> {
  return JSON.parse(readFileSync(url, "utf8")) as Record<string, unknown>;
}

const FORMATS = {
  "iri-reference": /^[^\s<>"{}|\\^`]*$/,
  uri: /^[A-Za-z][A-Za-z0-9+.-]*:\S*$/,
  "idn-email": /^[^\s@]+@[^\s@]+$/,
  date: /^\d{4}-\d\d-\d\d$/,
  "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/,
};

function cycloneDx(): ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true, formats: FORMATS });
  // They refer to each other by the names of these files, from the address of the first.
  for (const name of ["spdx", "jsf-0.82", "cryptography-defs"]) {
    ajv.addSchema(read(new URL(`${name}.SNAPSHOT.schema.json`, FOLDER)), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  }
  return ajv.compile(read(new URL("bom-1.7.SNAPSHOT.schema.json", FOLDER)));
}

function spdx(): ValidateFunction {
  return new Ajv2020({ strict: false, allErrors: true, validateFormats: false }).compile(read(new URL("spdx-3.0.1.schema.json", FOLDER)));
}

/** The official schema is of draft 4, of which it uses nothing that later drafts mean otherwise. */
function sarif(): ValidateFunction {
  const { $schema: _draft, id: _id, ...schema } = read(SARIF);
  return new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
}

const MAKERS = { cycloneDx, spdx, sarif } as const;
const compiled = new Map<keyof typeof MAKERS, ValidateFunction>();

/** Whether a document is valid by an official schema. */
export function isValid(format: keyof typeof MAKERS, document: unknown): boolean {
  return validatorOf(format)(document);
}

/** Fails, with what is wrong, for a document that is not valid by an official schema. */
export function assertValid(format: keyof typeof MAKERS, document: unknown): void {
  const validate = validatorOf(format);
  assert.ok(validate(document), JSON.stringify(validate.errors?.slice(0, 5), undefined, 2));
}

function validatorOf(format: keyof typeof MAKERS): ValidateFunction {
  const validate = compiled.get(format) ?? MAKERS[format]();
  compiled.set(format, validate);
  return validate;
}
