import { lookup as lookUpHost, type LookupAddress } from "node:dns";
import { AssayError } from "../core/error.ts";

type Found = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** What Node asks for the addresses of a host. */
export type GuardedLookup = (
  host: string,
  options: { readonly all?: boolean | undefined; readonly family?: number | string | undefined },
  found: Found,
) => void;

/** A look-up of names that gives only the addresses that may be connected to, and fails with ADDRESS_REFUSED without one. */
export function guardedLookup(mayConnect: (address: string) => boolean, server: string): GuardedLookup {
  return (host, options, found) => {
    lookUpHost(host, { all: true, family: options.family === 4 || options.family === 6 ? options.family : 0 }, (error, addresses) => {
      if (error !== null) return found(error, []);
      const allowed = addresses.filter(({ address }) => mayConnect(address));
      const [first] = allowed;
      if (first === undefined) return found(addressRefused(server, addresses[0]?.address ?? "no address"), []);
      if (options.all === true) found(null, allowed);
      else found(null, first.address, first.family);
    });
  };
}

export function addressRefused(server: string, address: string): AssayError {
  return new AssayError("ADDRESS_REFUSED", `${server} is at ${address}, which is not a public address, and was not asked`, {
    remedy: "allow-host",
  });
}
