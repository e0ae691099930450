/** What an address leads to by its host and path alone. Names of public services, as their own documentation writes them. */

/** A file of weights, by its extension. */
const WEIGHT_FILE = /\.(?:pt|pth|ckpt|safetensors|gguf|ggml|pdparams|mlmodel|tflite|caffemodel|nemo|t7)(?:[?#].*)?$/i;
/** What may hold weights, and much else. */
const PACKED_FILE = /\.(?:bin|onnx|h5|hdf5|keras|npz|pkl|pickle|msgpack|pb|zip|tar|tgz|gz|xz|bz2|7z|zst)(?:[?#].*)?$/i;

/** Stores of files of any kind: only the words beside an address say what is in it. */
const STORE =
  /^(?:gs|s3|gcs):\/\/|^https?:\/\/(?:storage\.googleapis\.com|storage\.cloud\.google\.com|console\.cloud\.google\.com\/storage|drive\.google\.com|docs\.google\.com\/uc|[\w.-]+\.s3[\w.-]*\.amazonaws\.com|s3[\w.-]*\.amazonaws\.com|[\w.-]+\.blob\.core\.windows\.net|[\w.-]+\.azureedge\.net|[\w.-]+\.r2\.(?:dev|cloudflarestorage\.com)|(?:www\.)?dropbox\.com|1drv\.ms|onedrive\.live\.com|[\w.-]+\.sharepoint\.com|mega\.nz|pan\.baidu\.com|(?:www\.)?zenodo\.org\/records?|figshare\.com|[\w.-]*figshare\.com\/(?:articles|ndownloader)|osf\.io|archive\.org|academictorrents\.com|[\w.-]+\.oss-[\w-]+\.aliyuncs\.com|disk\.yandex\.|cloud\.tsinghua\.edu\.cn|dl\.fbaipublicfiles\.com)/i;
const RELEASE = /^https?:\/\/(?:www\.)?(?:github\.com|gitlab\.com|gitee\.com)\/[^/]+\/[^/]+\/(?:-\/)?releases(?:\/|$)/i;

/** First parts of a path of Hugging Face that are not accounts. */
const NOT_ACCOUNT =
  /^(?:datasets|spaces|docs|papers|blog|models|collections|organizations|join|settings|login|tasks|learn|posts|chat|new|pricing|enterprise|transformers|course|static|front|api|inference|languages|terms-of-service)$/i;

export type HubPlace =
  /** One model. */
  | { readonly kind: "model"; readonly owner: string; readonly name: string }
  /** A list of models: a collection, an account, a search. */
  | { readonly kind: "list"; readonly owner: string; readonly name: string }
  /** One data set. */
  | { readonly kind: "data"; readonly owner: string; readonly name: string };

/** What a page of a hub of models is about; undefined for other pages and other hosts. */
export function hubPlace(address: string): HubPlace | undefined {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  const host = url.hostname.replace(/^www\./, "").toLowerCase();
  const parts = url.pathname.split("/").filter((part) => part !== "");
  const [first = "", second = "", third = ""] = parts;
  switch (host) {
    case "huggingface.co":
    case "hf.co":
    case "hf-mirror.com":
      if (first === "datasets") return second === "" ? undefined : { kind: "data", owner: second, name: third };
      if (first === "collections") return second === "" ? undefined : { kind: "list", owner: second, name: third };
      if (first === "models") return url.search === "" ? undefined : { kind: "list", owner: "", name: url.search };
      if (first === "" || NOT_ACCOUNT.test(first)) return undefined;
      if (second === "") return { kind: "list", owner: first, name: "" };
      return isDocument(parts) ? undefined : { kind: "model", owner: first, name: second };
    case "modelscope.cn":
    case "modelscope.ai":
      if (first === "datasets") return { kind: "data", owner: second, name: third };
      if (first === "models") return third === "" ? undefined : { kind: "model", owner: second, name: third };
      if (first === "collections" || first === "organization") return { kind: "list", owner: second, name: "" };
      return undefined;
    case "wisemodel.cn":
      return first === "models" ? { kind: "model", owner: second, name: third } : undefined;
    case "modelers.cn":
      return first === "models" ? { kind: "model", owner: second, name: third } : undefined;
    case "openxlab.org.cn":
      return first === "models" ? { kind: "model", owner: parts[2] ?? "", name: parts[3] ?? "" } : undefined;
    case "gitee.com":
      return first === "hf-models" ? { kind: "model", owner: first, name: second } : undefined;
    case "ollama.com":
      return first === "library" ? { kind: "model", owner: "", name: second } : undefined;
    case "civitai.com":
      return first === "models" ? { kind: "model", owner: "", name: third } : undefined;
    case "tfhub.dev":
      return second === "" ? undefined : { kind: "model", owner: first, name: parts.slice(1).join("/") };
    case "kaggle.com":
      if (first === "datasets") return { kind: "data", owner: second, name: third };
      return first === "models" ? { kind: "model", owner: second, name: third } : undefined;
    case "catalog.ngc.nvidia.com":
      return parts.includes("models") ? { kind: "model", owner: "", name: parts.at(-1) ?? "" } : undefined;
    default:
      return undefined;
  }
}

/** A page of a hub that shows a text of a model, such as its license. */
function isDocument(parts: readonly string[]): boolean {
  return /^(?:blob|discussions|commit|commits)$/.test(parts[2] ?? "") && !WEIGHT_FILE.test(parts.at(-1) ?? "");
}

/** An address that a reader is to fill in. */
function isPlaceholder(address: string): boolean {
  return /path[-_/]?to|\b(?:your|my)[-_]|[/_.-](?:your|my)[-_]|example\.(?:com|org)|[<{$]|x{3,}/i.test(address);
}

/** `weights` where the extension says so; `any` for stores and packed files of any content. */
export function fileAt(address: string): "weights" | "any" | undefined {
  if (isPlaceholder(address)) return undefined;
  if (!/^(?:https?|gs|s3|gcs):\/\//i.test(address)) return undefined;
  if (/^https?:\/\/(?:www\.)?(?:github\.com|gitlab\.com)\/[^/]+\/[^/]+\/(?:archive|zipball|tarball)\//i.test(address)) return undefined;
  if (WEIGHT_FILE.test(address)) return "weights";
  return PACKED_FILE.test(address) || STORE.test(address) || RELEASE.test(address) ? "any" : undefined;
}

const PAPER_HOST =
  /^https?:\/\/(?:www\.|export\.)?(?:arxiv\.org\/(?:abs|pdf|html)\/|(?:dx\.)?doi\.org\/(?!10\.5281\/zenodo)10\.|openreview\.net\/(?:forum|pdf)\?|aclanthology\.org\/|papers\.nips\.cc\/|proceedings\.(?:mlr\.press|neurips\.cc)\/|huggingface\.co\/papers\/|openaccess\.thecvf\.com\/|jmlr\.org\/papers|(?:bio|med)rxiv\.org\/content\/|nature\.com\/articles\/|science\.org\/doi\/|ieeexplore\.ieee\.org\/|dl\.acm\.org\/doi\/|isca-(?:speech|archive)\.org\/|hal\.science\/|techrxiv\.org\/)/i;
const DATA_HOST =
  /^https?:\/\/(?:www\.)?(?:zenodo\.org\/|data\.mendeley\.com\/|tensorflow\.org\/datasets\/catalog\/|openslr\.org\/|physionet\.org\/content\/|dataverse\.)/i;
const CODE_HOST = /^https?:\/\/(?:www\.)?(?:github\.com|gitlab\.com|codeberg\.org|bitbucket\.org|gitee\.com)\/[^/]+\/[^/]+/i;

/** A page of a publisher, archive or conference. */
export function isPaper(address: string): boolean {
  return PAPER_HOST.test(address);
}

export function isDataSet(address: string): boolean {
  return hubPlace(address)?.kind === "data" || DATA_HOST.test(address);
}

/** A repository of code, or a file of one that is not a document or picture. */
export function isCode(address: string): boolean {
  return (
    CODE_HOST.test(address) &&
    !/\.(?:md|pdf|png|jpe?g|svg|gif|html?)(?:[?#]|$)|\/(?:issues|pulls?|discussions|releases|wiki|actions)(?:[/?#]|$)/i.test(address)
  );
}
