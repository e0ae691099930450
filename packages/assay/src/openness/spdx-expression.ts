/** A license expression (SPDX specification 2.3, annex D), as a tree. */
export type LicenseExpression =
  | { readonly kind: "license"; readonly id: string; readonly orLater: boolean; readonly exception: string | undefined }
  | { readonly kind: "and" | "or"; readonly parts: readonly LicenseExpression[] };

/** More than any real expression has. */
const MAX_TOKENS = 200;
const TOKEN = /\s*(?:([()])|((?:DocumentRef-[A-Za-z0-9.-]+:)?[A-Za-z0-9.-]+\+?))/y;

/**
 * Reads an expression: identifiers, `+`, WITH, AND, OR and parentheses; WITH binds closest, then AND. The
 * operators may be lower case, as version 3 of the specification allows. Whether the identifiers are known is
 * another question. Undefined for anything but an expression.
 */
export function parseExpression(text: string): LicenseExpression | undefined {
  const tokens = tokenize(text);
  if (tokens === undefined || tokens.length === 0) return undefined;
  let at = 0;
  const whole = readOr();
  return whole !== undefined && at === tokens.length ? whole : undefined;

  function readOr(): LicenseExpression | undefined {
    return readList("or", readAnd);
  }

  function readAnd(): LicenseExpression | undefined {
    return readList("and", readOne);
  }

  function readList(kind: "and" | "or", readPart: () => LicenseExpression | undefined): LicenseExpression | undefined {
    const first = readPart();
    if (first === undefined) return undefined;
    const parts = [first];
    while (operator(tokens?.[at]) === kind) {
      at += 1;
      const next = readPart();
      if (next === undefined) return undefined;
      parts.push(next);
    }
    return parts.length === 1 ? first : { kind, parts };
  }

  function readOne(): LicenseExpression | undefined {
    const token = tokens?.[at];
    at += 1;
    if (token === "(") {
      const inner = readOr();
      if (tokens?.[at] !== ")") return undefined;
      at += 1;
      return inner;
    }
    if (token === undefined || token === ")" || operator(token) !== undefined) return undefined;
    const orLater = token.endsWith("+");
    const id = orLater ? token.slice(0, -1) : token;
    if (operator(tokens?.[at]) !== "with") return { kind: "license", id, orLater, exception: undefined };
    const exception = tokens?.[at + 1];
    if (exception === undefined || exception === "(" || exception === ")" || operator(exception) !== undefined) return undefined;
    at += 2;
    return { kind: "license", id, orLater, exception };
  }
}

function tokenize(text: string): string[] | undefined {
  const tokens: string[] = [];
  const trimmed = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const match = TOKEN.exec(trimmed);
    const token = match?.[1] ?? match?.[2];
    if (token === undefined || tokens.length === MAX_TOKENS) return undefined;
    tokens.push(token);
  }
  return tokens;
}

function operator(token: string | undefined): "and" | "or" | "with" | undefined {
  const lower = token?.toLowerCase();
  return lower === "and" || lower === "or" || lower === "with" ? lower : undefined;
}
