/** What proves the caller to a registry. */
export type Account =
  | { readonly kind: "password"; readonly user: string; readonly password: string }
  /** A refresh token, which only a token server takes. */
  | { readonly kind: "identity"; readonly token: string }
  /** A token of the registry itself. */
  | { readonly kind: "bearer"; readonly token: string };

/** What was found in the configuration, and what kept it from being read. */
export interface FoundAccount {
  readonly account: Account | undefined;
  /** Why there may be an account that was not found. */
  readonly problem: string | undefined;
}

/** Everything of an account that no output may hold. */
export function secretsOf(account: Account | undefined): readonly string[] {
  if (account === undefined) return [];
  if (account.kind !== "password") return [account.token];
  return [account.password, basicOf(account)];
}

/** The value of Basic (RFC 7617). */
export function basicOf({ user, password }: Extract<Account, { kind: "password" }>): string {
  return Buffer.from(`${user}:${password}`, "utf8").toString("base64");
}
