/** The largest bundle that is read: room for a manifest of over a million files. */
export const MAX_BUNDLE_BYTES = 256 * 1024 * 1024;
