import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { readArguments } from "../../src/cli/command-line/arguments.ts";
import { SPECS } from "../../src/cli/registry.ts";
import { OPTION_TABLE } from "../../src/cli/command-line/options.ts";
import { COMMON_OPTIONS } from "../../src/cli/command-line/spec-parts.ts";
import { isOptionName, readTokens } from "../../src/cli/command-line/tokens.ts";
import { adviceText } from "../../src/cli/text/advice.ts";
import { AssayError } from "../../src/core/error.ts";
import { anyText } from "../support/any-text.ts";

function read(line: string): ReturnType<typeof readArguments> {
  return readArguments(readTokens(line.split(" ").filter((word) => word !== "")), SPECS);
}

function refusal(line: string): AssayError {
  try {
    read(line);
  } catch (error) {
    assert.ok(error instanceof AssayError);
    assert.equal(error.code, "USAGE");
    assert.notEqual(error.message, "");
    return error;
  }
  return assert.fail(`${line} was accepted`);
}

suite("a command line", () => {
  test("names a command, its arguments and its options in any order", () => {
    for (const line of [
      "sign key ./m --private-key k.pem --signature s",
      "sign key --private-key k.pem --signature s ./m",
      "--signature=s sign --private-key=k.pem key ./m",
    ]) {
      const { spec, arguments: given, values } = read(line);
      assert.deepEqual(spec.words, ["sign", "key"]);
      assert.deepEqual(given, ["./m"]);
      assert.equal(values.text("private-key"), "k.pem");
      assert.equal(values.text("signature"), "s");
    }
  });

  test("may spell option, command and method names with underscores, and keeps those of values", () => {
    const { values } = read("sign key m_m --private_key k_k.pem --no-ignore_git_paths --log_level DEBUG");
    assert.equal(values.text("private-key"), "k_k.pem");
    assert.equal(values.flag("ignore-git-paths"), false);
    assert.equal(values.text("log-level"), "debug");
    assert.deepEqual(read("sign pkcs11_key m --pkcs11_uri pkcs11:object=k").spec.words, ["sign", "pkcs11-key"]);
    assert.equal(read("verify key m --public-key k --no-ignore_unsigned_files").values.flag("ignore-unsigned-files"), false);
  });

  test("may give switches a value, as the Go client has it", () => {
    for (const [text, value] of Object.entries({ false: false, F: false, "0": false, true: true, "1": true, TRUE: true })) {
      assert.equal(read(`digest m --ignore-git-paths=${text}`).values.flag("ignore-git-paths"), value);
      assert.equal(read(`digest m --no-ignore-git-paths=${text}`).values.flag("ignore-git-paths"), !value);
    }
    assert.match(refusal("digest m --allow-symlinks=yes").message, /neither true nor false/);
  });

  test("means sigstore where no method is named, as in the reference", () => {
    const { spec, methodNamed, arguments: given } = read("verify ./m --signature s");
    assert.deepEqual(spec.words, ["verify", "sigstore"]);
    assert.equal(methodNamed, false);
    assert.deepEqual(given, ["./m"]);
  });

  test("takes the last of an option that was given twice, and all of a repeatable one", () => {
    const { values } = read("sign key m --private-key a --private-key b --ignore-paths x --ignore-paths y");
    assert.equal(values.text("private-key"), "b");
    assert.deepEqual(values.texts("ignore-paths"), ["x", "y"]);
  });

  test("ends its options at --", () => {
    assert.deepEqual(read("digest -- --json").arguments, ["--json"]);
  });

  test("takes a value that starts with a dash", () => {
    assert.equal(read("sign key m --private-key k --password -secret").values.text("password"), "-secret");
    assert.equal(read("sign key m --private-key k --password=--json").values.text("password"), "--json");
  });

  test("may have short options", () => {
    for (const line of ["digest m -t 90s", "digest m -t90s", "digest m -t=90s"]) assert.equal(read(line).values.text("timeout"), "90s");
    assert.deepEqual(read("digest -h").spec.words, ["help"]);
  });

  test("asks for help before anything else is checked", () => {
    assert.deepEqual(read("sign key --help").arguments, ["sign", "key"]);
    assert.deepEqual(read("--help verify").arguments, ["verify"]);
    assert.deepEqual(read("sign --help").arguments, ["sign"]);
    assert.deepEqual(read("").spec.words, ["help"]);
  });

  test("may name another key in the place of a required one", () => {
    assert.equal(read("sign key m --key-uri hashivault://k").values.text("key-uri"), "hashivault://k");
    assert.match(refusal("sign key m").message, /^--private-key or --key-uri is missing: the key that signs/);
  });
});

suite("a command line that is wrong", () => {
  const cases: readonly (readonly [string, RegExp, RegExp])[] = [
    ["verfy key m", /unknown command "verfy"/, /assay verify/],
    ["key m", /unknown command "key"/, /assay sign key, or assay verify key/],
    ["launch m", /unknown command "launch"/, /sign, verify, digest/],
    ["verify kye m", /unknown method "kye"/, /assay verify key/],
    ["verify key m --publc-key k", /^unknown option --publc-key$/, /--public-key/],
    ["--lag-level debug digest m", /unknown option --lag-level/, /--log-level/],
    ["digest m --no-ignore-git-path", /unknown option --no-ignore-git-path/, /--ignore-git-paths/],
    ["digest m -x", /unknown option -x/, /help/],
    ["digest", /^MODEL is missing/, /assay digest \.\/granite/],
    ["sign", /^MODEL is missing/, /assay sign sigstore/],
    ["trust", /one of its commands is missing: show/, /assay trust --help/],
    ["trust shwo", /unknown command "trust shwo"/, /assay trust show/],
    ["digest a b", /was given a, b/, /For example/],
    [
      "verify key m",
      /^--public-key is missing: the key of the signer whom you trust/,
      /assay verify key \.\/granite --public-key ibm\.pub/,
    ],
    ["verify certificate m", /^--certificate-chain is missing: .*no roots are trusted by default/, /--certificate-chain ca\.pem/],
    ["sign certificate m", /^--private-key or --key-uri, and --signing-certificate are missing/, /For example/],
    ["verify key m --public-key", /--public-key needs a value/, /--public-key FILE/],
    ["verify key m --public-key --json", /--public-key needs a value/, /--public-key FILE/],
    ["verify key m --public-key=", /--public-key needs a value/, /--public-key FILE/],
    ["digest m --hash md5", /--hash "md5" is not one of sha256, blake2b, blake3/, /^$/],
    ["verify key m --public-key k --private-key p", /--private-key is not an option of this command/, /assay sign key/],
    ["verify key m --pubkey k", /unknown option --pubkey/, /^did you mean --public-key$/i],
    ["verify key m --key k", /unknown option --key/, /^did you mean --public-key$/i],
    ["sign key m --key k", /unknown option --key/, /--private-key or --key-uri/],
    ["verify key m --sig s", /unknown option --sig/, /^did you mean --signature$/i],
    ["verify key m --bundle s", /unknown option --bundle/, /^did you mean --signature$/i],
    ["verify key m --issuer x", /unknown option --issuer/, /^--identity-provider belongs to assay verify sigstore$/],
    ["verify key m demo.pub", /was given m, demo\.pub/, /^Did you mean: assay verify key m --public-key demo\.pub$/],
    ["verify key m a.sig --public-key k", /was given m, a\.sig/, /^Did you mean: assay verify key m --signature a\.sig --public-key k$/],
    ["sign key m key.pem --password secret", /was given m, key\.pem/, /^Did you mean: assay sign key m --private-key key\.pem$/],
    ["verify m --public-key k", /--public-key is for the method key/, /^Did you mean: assay verify key m --public-key k$/],
    ["sign m --private-key k --quiet", /for the method key/, /^Did you mean: assay sign key m --private-key k --quiet$/],
    ["sign m --pkcs11-uri pkcs11:token=t?pin-value=1234", /for the method pkcs11-key/, /^Did you mean: assay sign pkcs11-key m$/],
    ["verify m --certificate-chain c", /for the method certificate/, /^Did you mean: assay verify certificate m --certificate-chain c$/],
    ["digest m --json {}", /--json takes no value here/, /command line/],
    ["digest m --json=options.json", /--json takes no value here/, /command line/],
  ];
  for (const [line, message, hint] of cases) {
    test(`assay ${line}: says what is wrong and what to type`, () => {
      const error = refusal(line);
      assert.match(error.message, message);
      assert.match(adviceText(error) ?? "", hint);
    });
  }

  test("that asks for the version or for help in another way gets it", () => {
    for (const line of ["version", "-V", "--version"]) assert.equal(read(line).values.flag("version"), true);
    assert.deepEqual(read("verify key help").arguments, ["verify", "key"]);
  });

  test("never escapes as anything but a usage error", () => {
    const words = [
      ...Object.keys(OPTION_TABLE).map((name) => `--${name}`),
      ...SPECS.flatMap(({ words }) => words),
      "m",
      "--",
      "-",
      "=",
      "--x=y",
    ];
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...words), anyText()), { maxLength: 8 }), (argv) => {
        try {
          readArguments(readTokens(argv), SPECS);
        } catch (error) {
          assert.ok(error instanceof AssayError && error.code === "USAGE" && error.message !== "");
        }
      }),
    );
  });
});

suite("the table of options", () => {
  test("every option belongs to a command", () => {
    const used = new Set(SPECS.flatMap(({ required, options }) => [...required, ...options, ...COMMON_OPTIONS]));
    assert.deepEqual(
      Object.keys(OPTION_TABLE).filter((name) => isOptionName(name) && !used.has(name)),
      [],
    );
  });

  test("every command has two worked examples, which it would accept", () => {
    for (const spec of SPECS) {
      assert.equal(spec.examples.length, 2, spec.words.join(" "));
      for (const { line } of spec.examples) assert.equal(readArguments(readTokens(line.split(" ").slice(1)), SPECS).spec, spec);
    }
  });
});
