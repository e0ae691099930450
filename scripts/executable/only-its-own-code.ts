/** How the single executable starts, so that it runs no code but its own; for Node's configuration of such executables. */
export const ONLY_ITS_OWN_CODE = {
  // No options of NODE_OPTIONS or of the command line are Node's: they could load other code.
  execArgvExtension: "none",
  execArgv: [
    // OPENSSL_CONF, and the file that OpenSSL looks for without it, can name libraries to load.
    `--openssl-config=${process.platform === "win32" ? "NUL" : "/dev/null"}`,
    // A signal would open a debugger, to which every user of the machine could connect.
    ...(process.platform === "win32" ? [] : ["--disable-sigusr1"]),
  ],
};
