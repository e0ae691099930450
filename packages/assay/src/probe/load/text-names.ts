/** Extensions of texts: documents, tables, vocabularies, licenses, settings of tools. No loader runs any of them. */
const EXTENSIONS = new Set(
  (
    "md markdown txt rst text csv tsv jsonl ndjson log tex bib cff html htm svg css srt vtt lst list names labels vocab bpe codes dict " +
    "tiktoken merges arpa phn map toml ini cfg conf properties gitattributes gitignore gitmodules gitkeep dockerignore npmignore " +
    "editorconfig license sig sigstore intoto metadata lock sha256 md5 chk prompt tmpl template modelfile tag ctm trans units mv mvn"
  ).split(" "),
);
/** Files without an extension. */
const NAMES =
  /^(?:readme|licen[cs]e|copying|notice|authors|contributors|changelog|changes|citation|terms|[a-z_-]*(?:policy|license|agreement|legal|attribution)|modelfile|makefile|version|codeowners|manifest|params|template|system|vocab|merges|dict|checksums|sha256sums|md5sums|\.keep|third[ _-]?party[ _-]?notices?|model[_-]?card|aliases|credits|acknowledge?ments|disclaimer|eula|faq|history|maintainers|news|todo)\b/;
const PACKAGES = /^(?:requirements[\w.-]*\.txt|pipfile|environment\.ya?ml|constraints\.txt)$/;

/** Whether a file of this name is a text that no loader runs. `name` is in lowercase. */
export function isTextName(name: string): boolean {
  const base = name.slice(name.lastIndexOf("/") + 1);
  const dot = base.lastIndexOf(".");
  if (dot >= 0 && EXTENSIONS.has(base.slice(dot + 1))) return true;
  return NAMES.test(base) && (dot < 0 || !/\.[a-z]\w{0,9}$/.test(base) || base.startsWith("."));
}

/** Whether a file of this name lists packages for an installer. */
export function isPackageList(name: string): boolean {
  return PACKAGES.test(name.slice(name.lastIndexOf("/") + 1).toLowerCase());
}
