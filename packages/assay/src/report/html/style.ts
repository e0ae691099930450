/**
 * The looks of a page. Every text has a contrast of at least 4.5 to what is behind it (WCAG 2.2, 1.4.3), light and dark;
 * color never says anything that words do not.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f4f5f7; --sheet: #ffffff; --text: #1b1f24; --soft: #57606a; --line: #d5dae0; --tint: #f6f8fa;
  --good: #116329; --good-tint: #e6f4ea; --bad: #a40e26; --bad-tint: #fdecee; --notable: #7a4b00; --notable-tint: #fdf3dc;
  --unknown: #424a53; --unknown-tint: #e9ecef;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d1117; --sheet: #161b22; --text: #e6edf3; --soft: #9ca7b3; --line: #343b44; --tint: #1d242d;
    --good: #6fd58a; --good-tint: #12301d; --bad: #ff9b9b; --bad-tint: #3d1419; --notable: #f0c36d; --notable-tint: #352a10;
    --unknown: #c2cad3; --unknown-tint: #262d36;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; }
main, footer { max-width: 62rem; margin: 0 auto; padding: 0 1rem; }
main { padding-top: 1.5rem; }
article { background: var(--sheet); border: 1px solid var(--line); border-radius: .5rem; padding: 1.5rem; margin-bottom: 1.5rem; }
h1, h2, h3 { line-height: 1.25; margin: 0; }
h2 { font-size: 1.15rem; margin: 2rem 0 .75rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.25rem 0 .5rem; }
p { margin: .5rem 0; }
code { font: .88em/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
ul { margin: .5rem 0; padding-left: 1.25rem; }
.soft, .more { color: var(--soft); }
.verdict { display: grid; grid-template-columns: auto 1fr; column-gap: 1.25rem; align-items: start; }
.stamp { font-size: 1.25rem; font-weight: 700; letter-spacing: .04em; padding: .4rem .9rem; border: 2px solid currentColor; border-radius: .35rem; white-space: nowrap; }
.verdict h1 { font-size: 1.5rem; margin: .25rem 0 .1rem; }
.verdict .why { font-size: 1.05rem; }
.verdict .soft { font-size: .93rem; }
.good { color: var(--good); } .bad { color: var(--bad); } .notable { color: var(--notable); } .unknown { color: var(--unknown); }
.good.fill { background: var(--good-tint); } .bad.fill { background: var(--bad-tint); }
.notable.fill { background: var(--notable-tint); } .unknown.fill { background: var(--unknown-tint); }
.tag { display: inline-block; font-size: .8rem; font-weight: 600; padding: .1rem .5rem; border-radius: .25rem; white-space: nowrap; }
.axes { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .75rem; margin: 1.25rem 0 0; padding: 0; list-style: none; }
.axes li { border: 1px solid var(--line); border-left: 4px solid var(--edge); border-radius: .35rem; padding: .6rem .8rem; }
.axes .name { font-size: .8rem; color: var(--soft); }
.axes .lead { font-weight: 600; }
.axes p { margin: .15rem 0 0; font-size: .88rem; }
.edge-good { --edge: var(--good); } .edge-bad { --edge: var(--bad); } .edge-notable { --edge: var(--notable); } .edge-unknown { --edge: var(--unknown); }
table { border-collapse: collapse; width: 100%; font-size: .93rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .6rem .5rem 0; border-bottom: 1px solid var(--line); }
thead th { font-size: .8rem; color: var(--soft); font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 600; white-space: nowrap; }
tbody th .soft { font-weight: 400; font-size: .9em; }
td p { margin: .25rem 0 0; }
td ul { margin: .25rem 0 0; font-size: .9em; }
.remedy::before { content: "\\2192\\00a0"; color: var(--soft); }
.pairs { margin: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr)); column-gap: 2rem; font-size: .93rem; }
.pairs div { display: grid; grid-template-columns: 10rem 1fr; gap: .75rem; padding: .3rem 0; border-bottom: 1px solid var(--line); }
.pairs dt { color: var(--soft); }
.pairs dd { margin: 0; }
.wide .pairs { grid-template-columns: 1fr; }
.note { background: var(--tint); border: 1px solid var(--line); border-radius: .35rem; padding: .6rem .8rem; margin: .75rem 0; font-size: .93rem; }
.note p { margin: .15rem 0; }
footer { color: var(--soft); font-size: .85rem; padding-bottom: 2rem; }
.scroll { overflow-x: auto; }
.compared th, .compared td { min-width: 8rem; padding-right: 1rem; }
.compared th.group { padding-top: 1.4rem; font-size: 1rem; }
.compared tbody th[scope="row"] { font-weight: 400; color: var(--soft); }
@media (max-width: 40rem) {
  main { padding: .5rem; } article { padding: 1rem; }
  .verdict { grid-template-columns: 1fr; }
  .stamp { justify-self: start; margin-bottom: .5rem; }
  .pairs div { grid-template-columns: 1fr; gap: 0; }
  table.cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table.cards, table.cards tbody, table.cards tr, table.cards th, table.cards td { display: block; width: 100%; }
  table.cards tr { border-bottom: 1px solid var(--line); padding: .5rem 0; }
  table.cards th, table.cards td { border: 0; padding: .1rem 0; white-space: normal; }
}
@media print {
  :root { --page: #fff; --sheet: #fff; --text: #000; --soft: #444; --line: #bbb; --tint: #fff;
    --good: #0b4f1f; --bad: #8a0a1e; --notable: #5f3a00; --unknown: #333; --good-tint: #fff; --bad-tint: #fff; --notable-tint: #fff; --unknown-tint: #fff; }
  @page { margin: 16mm; }
  html { font-size: 12px; }
  .axes { grid-template-columns: repeat(4, 1fr); }
  main, footer { max-width: none; padding: 0; }
  article { border: 0; padding: 0; margin: 0; }
  article + article { break-before: page; }
  h2, h3 { break-after: avoid; }
  tr, li, .pairs div, .note { break-inside: avoid; }
  .tag { border: 1px solid currentColor; }
  thead { display: table-header-group; }
}
`;
