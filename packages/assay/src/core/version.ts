/** The package's version, which every JSON document and request to a server names. `npm run release` sets it with package.json. */
export const VERSION = "0.1.0";
