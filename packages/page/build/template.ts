/** What the page is made of. */
export interface PageParts {
  readonly policy: string;
  readonly style: string;
  readonly script: string;
}

/** The page around its parts. Script and style are named by their hashes: not a blank may be added to them. */
export function pageHtml({ policy, style, script }: PageParts): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Assay: is this model what it should be?</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<div id="app"></div>
<noscript><p>This page works in the browser itself, and needs JavaScript for it. The command works without: assay verify.</p></noscript>
<script>${script}</script>
</body>
</html>
`;
}
