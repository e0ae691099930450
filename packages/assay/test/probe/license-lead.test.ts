import assert from "node:assert/strict";
import { test } from "node:test";
import { identifyLicense } from "../../src/probe/license/text/identify.ts";
import { APACHE, MIT } from "../support/models/described.ts";

const isExact = (text: string): boolean => identifyLicense(text).kind === "exact";

for (const lead of [
  "Granite is released under the MIT license.",
  "Granite is licensed under the MIT License:",
  "This project is licensed under the terms of the MIT license.",
  "This software is made available under the MIT License.",
  "granitelib is distributed under the MIT license.",
  "Released under the MIT license, as follows:",
  "Granite MIT License",
  "MIT License\n\nFor Granite software",
  "MIT License\n\nFor granitelib.torch software",
  "Gneissco is pleased to support the open source community by making Granite available.\n\nCopyright (C) 2024 Acme. All rights reserved.\n\nGranite is licensed under the MIT License except for the third-party components listed below.",
]) {
  test(`a line over a license may name the product and the license: ${lead}`, () => {
    assert.ok(isExact(`${lead}\n\n${MIT}`));
    assert.ok(isExact(`${lead}\n\n${MIT.replace(/^MIT License\n+/, "")}`.replaceAll(" ", "\n")), "without its title");
  });
}

for (const lead of [
  "Granite is not released under the MIT license.",
  "Granite is released under the MIT license for research.",
  "Granite is released under the MIT license or a commercial license.",
  "Granite is released under the MIT NC license.",
  "Granite is released under the Apache license.",
  "Granite, except the weights, is released under the MIT license.",
  "Granite for students is released under the MIT license.",
  "Parts of Granite are released under the MIT license.",
  "The code is released under the MIT license.",
  "Granite Code is released under the MIT license.",
  "This dataset is released under the MIT license.",
  "Granite Research License",
  "Granite Noncommercial License",
  "Ask Acme First",
  "For Granite software only",
  "For academic software",
  "Gneissco is pleased to support the open source community by making Granite available to students.",
  "Granite is licensed under the MIT License except for the weights listed below.",
]) {
  test(`a line over a license that says anything else is text: ${lead}`, () => assert.ok(!isExact(`${lead}\n\n${MIT}`)));
}

test("the line over Apache's license may have its version", () => {
  assert.ok(isExact(`Granite is licensed under the Apache License, Version 2.0.\n\n${APACHE}`));
  assert.ok(!isExact(`Granite is licensed under the MIT License.\n\n${APACHE}`));
});

const BSD = `Copyright (c) 2024, Acme Inc.

Redistribution and use in source and binary forms, with or without modification, are permitted provided that the following conditions are met:

1. Redistributions of source code must retain the above copyright notice, this list of conditions and the following disclaimer.

2. Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the following disclaimer in the documentation and/or other materials provided with the distribution.

3. Neither the name of the copyright holder nor the names of its contributors may be used to endorse or promote products derived from this software without specific prior written permission.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
`;

test("a clause of BSD-3-Clause may name an organization, and no clause", () => {
  for (const name of ["the copyright holder", "Google Inc.", "the University of California, Berkeley", "the David Beazley or Dabeaz LLC"]) {
    assert.ok(isExact(BSD.replace("name of the copyright holder", `name of ${name}`)), name);
  }
  assert.ok(isExact(BSD.replace("name of the copyright holder", "name Gneissco")), "without of");
  assert.ok(!isExact(BSD.replace("name of the copyright holder", "name whom banks must pay")), "a sentence without of");
  for (const name of ["Acme, whom banks must pay,", "Acme For Research Only", "Acme, n.c.,"]) {
    assert.ok(!isExact(BSD.replace("name of the copyright holder", `name of ${name}`)), name);
  }
});

const HOLDER = /Copyright .*/;

for (const notice of [
  "Copyright 2018 The Update Framework Authors",
  "Copyright 2021 The IDEA-CCNL Authors. All rights reserved.",
  "Copyright 2024 J. R. Tolkienson",
  "Copyright 2024 Acme S.A.",
  "Copyright 2024 THUDM",
  "COPYRIGHT 2024 THEODORE TS'O. ALL RIGHTS RESERVED.",
  "Copyright 2024 Jean DURAND",
  "Copyright 2024 Acme Hobbyists",
]) {
  test(`a name with initials or a project in it is a name: ${notice}`, () => assert.ok(isExact(MIT.replace(HOLDER, notice))));
}

for (const notice of [
  "Copyright 2024 Acme, n.c.",
  "Copyright 2024 Acme, N.C.",
  "Copyright 2024 Acme NFRC",
  "Copyright 2024 Acme, NFCU",
  "Copyright 2024 The Update Pay Authors",
  "Copyright 2024 The PAY-NFRC",
  "Copyright 2024 The PAY-MORE Authors",
  "Copyright 2024 The NOT-CCNL Authors",
  "Copyright 2024 The Pay-Ccnl Authors",
  "Copyright 2024 Acme, for hobbyists only",
  "Copyright 2024 Acme Non Commercial",
]) {
  test(`letters that are short for words are not a name: ${notice}`, () => assert.ok(!isExact(MIT.replace(HOLDER, notice))));
}
