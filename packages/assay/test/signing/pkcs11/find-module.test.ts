import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { findModule } from "../../../src/signing/pkcs11/find-module.ts";
import { parsePkcs11Uri } from "../../../src/signing/pkcs11/uri.ts";
import { rejectsWith } from "../../support/rejects.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const folder = temporaryFolder();
const other = join(folder, "other");
mkdirSync(other);
mkdirSync(join(folder, "libfolder.so"));
for (const name of ["libsofthsm2.so", "opensc-pkcs11.so", "onepin-opensc-pkcs11.so", "libtwice.so", "libpack-1.2.so"])
  writeFileSync(join(folder, name), "");
writeFileSync(join(other, "libtwice.so"), "");
symlinkSync(join(folder, "libsofthsm2.so"), join(folder, "softhsm2.so"));
symlinkSync(join(folder, "nowhere"), join(folder, "libbroken.so"));

const find = (query: string, ...places: readonly string[]): string => findModule(parsePkcs11Uri(`pkcs11:object=a${query}`), places);

test("a module's file is taken as it is, from the URI before the option", () => {
  const file = join(folder, "libtwice.so");
  assert.equal(find("", file), file);
  assert.equal(find(`?module-path=${file}`, join(folder, "libsofthsm2.so")), file);
});

test("in a folder, the name leads to the file, whatever its beginning, its endings and its capitals", () => {
  assert.equal(find("?module-name=SoftHSM2", folder), join(folder, "libsofthsm2.so"));
  assert.equal(find(`?module-name=softhsm2&module-path=${folder}`), join(folder, "libsofthsm2.so"));
  assert.equal(find("?module-name=hsm2", other, folder), join(folder, "libsofthsm2.so"));
});

test("the file by exactly that name precedes one that only ends so", () =>
  assert.equal(find("?module-name=opensc-pkcs11", folder), join(folder, "opensc-pkcs11.so")));

const refused: readonly [string, string, readonly string[], RegExp][] = [
  ["a file that is not there", "", [join(folder, "missing.so")], /missing\.so does not exist/],
  ["a module-path that is not there", `?module-path=${folder}/missing.so`, [], /missing\.so does not exist/],
  ["a folder without a name", "", [folder], /neither module-path nor module-name/],
  ["a name that is not there", "?module-name=yubihsm", [folder], /no PKCS#11 module yubihsm in/],
  ["a name that is only in the middle", "?module-name=pack", [folder], /no PKCS#11 module pack/],
  ["a link to nothing", "?module-name=broken", [folder], /no PKCS#11 module broken/],
  ["a folder by that name", "?module-name=folder", [folder], /no PKCS#11 module folder/],
  ["two files by one name", "?module-name=twice", [folder, other], /several PKCS#11 modules are called twice/],
  ["nothing at all", "", [], /no PKCS#11 module is named/],
];
for (const [what, query, places, pattern] of refused) {
  test(`${what} is not a module, and the message says how to name one`, async () => {
    const error = await rejectsWith("PKCS11_MODULE", () => find(query, ...places));
    assert.match(error.message, pattern);
    assert.equal(error.outcome, "incomplete");
  });
}
