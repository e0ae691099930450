import { BlockList, isIP } from "node:net";

/** Where an address leads: to the internet, to this machine, to its own network. */
export type AddressClass = "public" | "loopback" | "link-local" | "private" | "reserved";

type Range = readonly [network: string, prefix: number];

/** RFC 6890 and the IANA registries of special-purpose addresses, 2026-11. Metadata services are link-local. */
const RANGES: Readonly<Record<Exclude<AddressClass, "public">, readonly Range[]>> = {
  loopback: [
    ["127.0.0.0", 8],
    ["::1", 128],
  ],
  "link-local": [
    ["169.254.0.0", 16],
    ["fe80::", 10],
  ],
  private: [
    ["10.0.0.0", 8],
    ["172.16.0.0", 12],
    ["192.168.0.0", 16],
    ["100.64.0.0", 10],
    ["fc00::", 7],
    ["fec0::", 10],
  ],
  reserved: [
    ["0.0.0.0", 8],
    ["192.0.0.0", 24],
    ["192.0.2.0", 24],
    ["192.88.99.0", 24],
    ["198.18.0.0", 15],
    ["198.51.100.0", 24],
    ["203.0.113.0", 24],
    ["224.0.0.0", 3],
    ["::", 128],
    ["64:ff9b::", 96],
    ["64:ff9b:1::", 48],
    ["100::", 64],
    ["2001::", 23],
    ["2001:db8::", 32],
    ["2002::", 16],
    ["ff00::", 8],
  ],
};

const LISTS = Object.entries(RANGES).map(([name, ranges]) => {
  const list = new BlockList();
  for (const [network, prefix] of ranges) list.addSubnet(network, prefix, network.includes(":") ? "ipv6" : "ipv4");
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of RANGES
  return [name as Exclude<AddressClass, "public">, list] as const;
});

/** The class of an IP address; one of IPv4 that is written as IPv6 is of its own class. What is not an address is `reserved`. */
export function classOfAddress(address: string): AddressClass {
  const bare = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  const family = isIP(bare);
  if (family === 0) return "reserved";
  const found = LISTS.find(([, list]) => list.check(bare, family === 4 ? "ipv4" : "ipv6"));
  return found?.[0] ?? "public";
}
