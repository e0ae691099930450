import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../../support/temporary-folder.ts";

export const PIN = "2468-token-pin";
const OFFICER_PIN = "1357-officer-pin";

/** Where distributions put SoftHSM, and OpenSC's module that writes down every call to another. */
const MODULES = [
  "/usr/lib/softhsm/libsofthsm2.so",
  "/usr/lib64/pkcs11/libsofthsm2.so",
  "/usr/lib/pkcs11/libsofthsm2.so",
  "/usr/local/lib/softhsm/libsofthsm2.so",
  "/opt/homebrew/lib/softhsm/libsofthsm2.so",
];
const SPIES = [
  "/usr/lib/x86_64-linux-gnu/pkcs11/pkcs11-spy.so",
  "/usr/lib/aarch64-linux-gnu/pkcs11/pkcs11-spy.so",
  "/usr/lib64/pkcs11/pkcs11-spy.so",
  "/usr/lib/pkcs11/pkcs11-spy.so",
];

export interface SoftHsm {
  readonly module: string;
  readonly spy: string;
  /** Sets a token up, with the PIN of these tests. */
  makeToken(label: string): SoftToken;
}

export interface SoftToken {
  readonly label: string;
  /** As `pkcs11-tool` spells kinds: `EC:prime256v1`, `rsa:2048`. */
  makeKey(kind: string, label: string, id: string, ...options: readonly string[]): void;
  /** `kind` is `cert` or `pubkey`; `file` is DER. */
  write(kind: "cert" | "pubkey", file: string, label: string, id: string): void;
  drop(kind: "pubkey", id: string): void;
  /** Takes from a private key the right to sign, for which no tool has a word. */
  forbidSigning(label: string): Promise<void>;
  /** Pulls it out: its folder is gone. */
  remove(): void;
}

/** A SoftHSM of this test file's own. Where it is not installed the tests fail, for to skip them would hide it. */
export function softHsm(): SoftHsm {
  const module = MODULES.find(existsSync);
  const spy = SPIES.find(existsSync);
  const hasTools = ["softhsm2-util", "pkcs11-tool"].every((tool) => spawnSync(tool, ["--help"]).error === undefined);
  if (module === undefined || spy === undefined || !hasTools) {
    throw new Error("the PKCS#11 tests need SoftHSM and OpenSC: apt-get update && apt-get install -y softhsm2 opensc");
  }
  const folder = temporaryFolder();
  const tokens = join(folder, "tokens");
  mkdirSync(tokens);
  const configuration = join(folder, "softhsm2.conf");
  writeFileSync(configuration, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  // SoftHSM reads it when it is started, in this process and in the tools.
  process.env["SOFTHSM2_CONF"] = configuration;

  return {
    module,
    spy,
    makeToken(label) {
      const before = new Set(readdirSync(tokens));
      run("softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", OFFICER_PIN);
      const own = readdirSync(tokens).find((name) => !before.has(name)) ?? "";
      const serial = own.replaceAll("-", "").slice(-16);
      // By its slot, for two tokens may have one label.
      const slot = slotOf(serial);
      const tool = (...options: readonly string[]): void =>
        run("pkcs11-tool", "--module", module, "--slot", slot, "--login", "--pin", PIN, ...options);
      return {
        label,
        makeKey: (kind, name, id, ...options) => tool("--keypairgen", "--key-type", kind, "--label", name, "--id", id, ...options),
        write: (kind, file, name, id) => tool("--write-object", file, "--type", kind, "--label", name, "--id", id),
        drop: (kind, id) => tool("--delete-object", "--type", kind, "--id", id),
        forbidSigning: (name) => forbidSigning(module, Number(slot), name),
        remove: () => rmSync(join(tokens, own), { recursive: true }),
      };
    },
  };

  function slotOf(serial: string): string {
    const { stdout } = spawnSync("pkcs11-tool", ["--module", module ?? "", "--list-slots"], { encoding: "utf8" });
    const slot = stdout.split(/^Slot /m).find((text) => text.includes(serial));
    return /\((0x[0-9a-f]+)\)/.exec(slot ?? "")?.[1] ?? "";
  }
}

async function forbidSigning(modulePath: string, slotId: number, label: string): Promise<void> {
  const { default: pkcs11 } = await import("pkcs11js");
  const module = new pkcs11.PKCS11();
  module.load(modulePath);
  module.C_Initialize();
  const slot = module.C_GetSlotList(true).find((candidate) => candidate.readUInt32LE(0) === slotId)!;
  const session = module.C_OpenSession(slot, pkcs11.CKF_SERIAL_SESSION | pkcs11.CKF_RW_SESSION);
  module.C_Login(session, pkcs11.CKU_USER, PIN);
  module.C_FindObjectsInit(session, [
    { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_PRIVATE_KEY },
    { type: pkcs11.CKA_LABEL, value: label },
  ]);
  const [key] = module.C_FindObjects(session, 1);
  module.C_FindObjectsFinal(session);
  module.C_SetAttributeValue(session, key!, [{ type: pkcs11.CKA_SIGN, value: false }]);
  module.C_Finalize();
}

function run(program: string, ...options: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(program, options, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${options.join(" ")}: ${stdout}${stderr}`);
}
