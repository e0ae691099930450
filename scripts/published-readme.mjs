// The README as the package ships it: a reader there has no other page of the repository beside it.

const SOURCE_ONLY = /<!-- source -->[\s\S]*?<!-- \/source -->\n*/g;
const IMAGE = /!\[([^\]]*)\]\((?![a-z]+:)([^)\s]+)\)/g;
const LINK = /(?<!!)\[((?:[^\][]|\[[^\]]*\])*)\]\((?![a-z]+:|#)([^)\s]+)\)/g;

/**
 * `readme` without what only a clone can do, and without a relative link or image: they lead to `repository`,
 * the https address of the repository, at the tag of `version`. Where the repository has no address, a link becomes
 * its own text, and an image its description.
 */
export function publishedReadme(readme, { repository, version }) {
  const at = (kind, path) => `${repository.replace(/^git\+/, "").replace(/\.git$/, "")}/${kind}/v${version}/${path}`;
  const text = readme.replace(SOURCE_ONLY, "");
  if (repository === undefined) return text.replace(IMAGE, "$1").replace(LINK, "$1");
  return text
    .replace(IMAGE, (_, description, path) => `![${description}](${at("raw", path)})`)
    .replace(LINK, (_, words, path) => `[${words}](${at("blob", path)})`);
}
