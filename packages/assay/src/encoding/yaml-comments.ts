import { CST, Lexer } from "yaml";

/** Whether a YAML text has a comment: what is lost where its values are written anew. */
export function hasComments(text: string): boolean {
  for (const lexeme of new Lexer().lex(text)) if (CST.tokenType(lexeme) === "comment") return true;
  return false;
}
