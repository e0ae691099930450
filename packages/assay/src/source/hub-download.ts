import type { Warning } from "../core/warning.ts";

/** Where `hf download --local-dir` keeps its notes on a download, inside the folder that it fills. */
const HUB_DOWNLOAD_FOLDER = ".cache/huggingface";

/** Whether a name is that of one of the downloader's notes. */
function isHubDownloadFile(name: string): boolean {
  return name.startsWith(`${HUB_DOWNLOAD_FOLDER}/`);
}

/** Names the downloader's folder where files in it count as files of the model and no manifest lists them. */
export function hubDownloadWarning(files: readonly { readonly name: string }[], listed: Pick<ReadonlySet<string>, "has">): Warning[] {
  const count = files.filter(({ name }) => isHubDownloadFile(name) && !listed.has(name)).length;
  if (count === 0) return [];
  const holds = count === 1 ? "1 file" : `${count} files`;
  return [
    {
      code: "HUB_DOWNLOAD_FOLDER",
      message: `${HUB_DOWNLOAD_FOLDER} (${holds}) is left by a download from Hugging Face and counts as part of the model: ignore that path to leave it out`,
    },
  ];
}
