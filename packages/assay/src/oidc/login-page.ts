import { createHash } from "node:crypto";

/** What the browser shows at the end of a log-in: `unrelated` for an answer that belongs to no log-in here. */
export type LogInEnd = { readonly kind: "success"; readonly identity: string } | { readonly kind: "failure" | "unrelated" };

export interface LogInPage {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

// Contrast of text on its ground: 14:1 and more, of the mark 5:1 and more, in both schemes.
const STYLE = `
:root { color-scheme: light dark; --ground: #fdfdfb; --text: #1d1f21; --good: #116329; --bad: #a40e26; }
@media (prefers-color-scheme: dark) { :root { --ground: #16181a; --text: #eceded; --good: #57d17c; --bad: #ff9a9f; } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--ground); color: var(--text);
  font: 1.125rem/1.5 system-ui, sans-serif; }
main { box-sizing: border-box; width: 100%; max-width: 36rem; padding: 2rem; overflow-wrap: anywhere; }
h1 { margin: 0 0 0.75rem; font-size: 1.75rem; line-height: 1.25; }
p { margin: 0 0 0.75rem; }
.good { color: var(--good); }
.bad { color: var(--bad); }
`;
const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

/** Nothing on the page comes from elsewhere or leads there, so that the address, which holds the code, is sent nowhere. */
const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
} as const;

/** The page for a person who has just come back from the identity provider. Of the log-in it holds the identity only. */
export function logInPage(end: LogInEnd): LogInPage {
  const { title, text } = words(end);
  const isGood = end.kind === "success";
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - Assay</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1><span class="${isGood ? "good" : "bad"}" aria-hidden="true">${isGood ? "✔" : "✘"}</span> ${title}</h1>
${text.map((paragraph) => `<p>${paragraph}</p>`).join("\n")}
</main>
</body>
</html>
`;
  return { html, headers: HEADERS };
}

function words(end: LogInEnd): { readonly title: string; readonly text: readonly string[] } {
  switch (end.kind) {
    case "success":
      return {
        title: "You are logged in",
        text: [
          `Assay signs as <strong>${escapeHtml(end.identity)}</strong>.`,
          "You can close this page. The terminal where you started says how the signing ends.",
        ],
      };
    case "failure":
      return {
        title: "The log-in failed",
        text: ["Nothing was signed. The terminal where you started says why.", "You can close this page."],
      };
    default:
      return {
        title: "This answer belongs to no log-in here",
        text: [
          "Assay waits for the answer to a log-in, and this is not it: it may come from an earlier one, or from someone else.",
          "If you started to log in, go on in the page that was opened for it.",
        ],
      };
  }
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
