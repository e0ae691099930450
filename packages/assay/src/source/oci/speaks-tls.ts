import { connect } from "node:tls";

const WAIT_MS = 2000;

/**
 * Whether a server of this machine speaks TLS. Nothing is sent to it, and its certificate is not looked at here: the requests that
 * follow do that.
 */
export async function speaksTls({ hostname, port }: URL): Promise<boolean> {
  const host = hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port || 443), rejectUnauthorized: false, timeout: WAIT_MS });
    const end = (isTls: boolean): void => {
      socket.destroy();
      resolve(isTls);
    };
    socket.once("secureConnect", () => end(true));
    socket.once("error", () => end(false));
    socket.once("timeout", () => end(false));
    socket.once("close", () => end(false));
  });
}
