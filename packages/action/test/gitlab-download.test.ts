import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { chmodSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "../../assay/test/support/temporary-folder.ts";
import { jobOf, recordedCommand, runJob } from "./support/gitlab.ts";

test("the GitLab components load nothing into the project, and let no address be an option of curl", () => {
  const root = temporaryFolder();
  const elsewhere = temporaryFolder();
  symlinkSync(elsewhere, join(root, ".assay-bin"));
  const bin = recordedCommand(temporaryFolder());
  // In the place of curl: says what it was asked, and loads a program.
  writeFileSync(
    join(bin, "curl"),
    `#!/bin/sh\nprintf '%s\\n' "$@" > '${bin}/asked'\nwhile [ "$1" != --output ]; do shift; done\ncp '${bin}/assay' "$2"\n`,
  );
  chmodSync(join(bin, "curl"), 0o755);
  const digest = createHash("sha256")
    .update(readFileSync(join(bin, "assay")))
    .digest("hex");
  for (const component of ["check", "sign"]) {
    const inputs = { model: "granite", image: "image", "executable-url": "--config=evil", "executable-sha256": digest };
    const { status, output } = runJob(jobOf(component, inputs), root, bin);
    assert.equal(status, 0, output);
    assert.deepEqual(readFileSync(join(bin, "asked"), "utf8").trim().split("\n").slice(-2), ["--url", "--config=evil"]);
    assert.deepEqual([readdirSync(root), readdirSync(elsewhere)], [[".assay-bin"], []]);
  }
});
