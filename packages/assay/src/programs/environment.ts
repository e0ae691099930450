type Environment = Readonly<Record<string, string | undefined>>;

/** Names of variables, in capitals; one that ends in `*` matches all that begin so. */
export type VariableNames = readonly string[];

/** What any program needs to run: where things are, the language, the network; on Windows, few start without the last ones. */
const EVERYDAY: VariableNames = (
  "PATH HOME USER LOGNAME SHELL PWD TERM TZ LANG LANGUAGE LC_* TMPDIR " +
  "TMP TEMP XDG_* LD_LIBRARY_PATH DYLD_LIBRARY_PATH HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY SSL_CERT_FILE SSL_CERT_DIR NODE_EXTRA_CA_CERTS " +
  "REQUESTS_CA_BUNDLE CURL_CA_BUNDLE NIX_SSL_CERT_FILE SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC PATHEXT APPDATA LOCALAPPDATA USERPROFILE USERNAME " +
  "HOMEDRIVE HOMEPATH PROGRAMDATA PROGRAMFILES PROGRAMFILES(X86) NUMBER_OF_PROCESSORS PROCESSOR_ARCHITECTURE "
)
  .trim()
  .split(" ");

/** How a program finds the person's screen. */
export const DESKTOP: VariableNames =
  "DISPLAY WAYLAND_DISPLAY XAUTHORITY DBUS_SESSION_BUS_ADDRESS DESKTOP_SESSION BROWSER GNOME_* KDE_* WSL_DISTRO_NAME WSL_INTEROP WSLENV "
    .trim()
    .split(" ");

/** Secrets that are meant for Assay. A name here is passed on only where a person lists it. */
const OWN_SECRETS: VariableNames = ["ASSAY_*", "SIGSTORE_ID_TOKEN", "VAULT_TOKEN", "BAO_TOKEN", "ACTIONS_ID_TOKEN_*"];

/**
 * The environment of a program that Assay runs: what every program needs, and what is named. All else, the
 * secrets of this process and of the CI job that it runs in above all, stays here.
 *
 * @param needed variables that this kind of program is for; Assay's own secrets are never among them
 * @param listed variables that a person lists, whatever they are
 */
export function programEnvironment(environment: Environment, needed: VariableNames = [], listed: VariableNames = []): Environment {
  const passed: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined) continue;
    const isNeeded = (isAmong(name, EVERYDAY) || isAmong(name, needed)) && !isAmong(name, OWN_SECRETS);
    if (isNeeded || isAmong(name, listed)) passed[name] = value;
  }
  return passed;
}

/** Windows does not tell cases apart, and proxies are named in both. */
function isAmong(name: string, names: VariableNames): boolean {
  const wanted = name.toUpperCase();
  return names.some((one) => (one.endsWith("*") ? wanted.startsWith(one.slice(0, -1).toUpperCase()) : wanted === one.toUpperCase()));
}
