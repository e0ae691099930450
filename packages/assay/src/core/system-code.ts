/** The short name that the system or Node gives an error, such as `ENOENT`; undefined where it has none. */
export function systemCode(thrown: unknown): string | undefined {
  return thrown instanceof Error && "code" in thrown && typeof thrown.code === "string" ? thrown.code : undefined;
}
