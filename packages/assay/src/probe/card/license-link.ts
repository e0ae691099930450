/**
 * The license that an address is the address of, as hubs or SPDX call it; undefined for everything else. A license file
 * in a repository is not one: what is in it may change, and it is not read here.
 */
export function licenseOfLink(link: string): string | undefined {
  const url = URL.parse(link);
  if (url === null || !/^https?:$/.test(url.protocol) || url.port !== "" || url.username !== "" || url.search !== "") return undefined;
  const address = `${url.hostname.replace(/^www\./, "")}${url.pathname.replace(/\/+$/, "")}`;
  const known = ADDRESSES.get(address.toLowerCase());
  if (known !== undefined) return known;
  const [, kind, version] = CREATIVE_COMMONS.exec(address) ?? [];
  if (kind !== undefined && version !== undefined) return `CC-${kind.toUpperCase()}-${version}`;
  return SPDX.exec(address)?.[1];
}

/** Without country and with a version: only then is it one license. */
const CREATIVE_COMMONS =
  /^creativecommons\.org\/licenses\/(by(?:-nc)?(?:-sa|-nd)?)\/(1\.0|2\.0|2\.5|3\.0|4\.0)(?:\/(?:legalcode|deed)(?:\.[a-z-]{2,7})?)?$/i;
const SPDX = /^spdx\.org\/licenses\/([A-Za-z0-9.+-]{1,60}?)(?:\.(?:html|txt|json))?$/;

/** In lower case, without `www.` and the slash at the end. */
const ADDRESSES: ReadonlyMap<string, string> = new Map([
  ...["llama.meta.com", "llama.com"].flatMap((host) =>
    ["llama3", "llama3_1", "llama3_2", "llama3_3", "llama4"].map((name) => [`${host}/${name}/license`, name.replace("_", ".")] as const),
  ),
  ["ai.meta.com/llama/license", "llama2"],
  ["ai.google.dev/gemma/terms", "gemma"],
  ["apache.org/licenses/license-2.0", "Apache-2.0"],
  ["apache.org/licenses/license-2.0.html", "Apache-2.0"],
  ["apache.org/licenses/license-2.0.txt", "Apache-2.0"],
  ["creativecommons.org/publicdomain/zero/1.0", "CC0-1.0"],
  ["creativecommons.org/publicdomain/zero/1.0/legalcode", "CC0-1.0"],
  ...["license", "licenses"].flatMap((folder) =>
    ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause"].map((id) => [`opensource.org/${folder}/${id.toLowerCase()}`, id] as const),
  ),
]);
