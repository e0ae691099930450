// A page that checks who signed a model and lists what was signed, by the parts of Assay that run in a browser.
// `node examples/browser/build.mjs FOLDER` makes the page; any web server shows it.
//
// It does not verify a model: the files themselves are not compared. `assay verify` does that.
import { parseBundle } from "assay/bundle";
import { readManifest } from "assay/statement";
import { verifyEnvelope } from "assay/trust";

/** Throws where the bundle is not one, or is not signed by this key. */
export async function check(bundle, publicKey) {
  const envelope = await verifyEnvelope(parseBundle(bundle), { method: "key", publicKey }, new Date());
  const manifest = await readManifest(envelope);
  return {
    signer: envelope.signer.fingerprint,
    name: manifest.modelName,
    digest: manifest.manifestDigest,
    files: [...manifest.files.keys()],
  };
}

if (typeof document !== "undefined") {
  const [bundle, key] = ["bundle", "key"].map((id) => document.getElementById(id));
  const answer = document.getElementById("answer");
  const list = document.getElementById("files");
  const update = async () => {
    list.replaceChildren();
    const [bundleFile, keyFile] = [bundle.files[0], key.files[0]];
    if (bundleFile === undefined || keyFile === undefined) return;
    try {
      const { signer, name, digest, files } = await check(new Uint8Array(await bundleFile.arrayBuffer()), await keyFile.text());
      answer.textContent = `${name} (${digest}) is signed by the key ${signer}. Signed files, not compared here:`;
      list.append(...files.map((file) => Object.assign(document.createElement("li"), { textContent: file })));
    } catch (error) {
      answer.textContent = `Not signed by this key: ${error.message}`;
    }
  };
  for (const input of [bundle, key]) input.addEventListener("change", () => void update());
}
