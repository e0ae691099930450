import type { ComponentChildren, VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { VERSION } from "../../assay/src/core/version.ts";
import { CatalogView } from "./catalog/catalog-view.tsx";
import { CompareView } from "./compare/compare-view.tsx";
import type { Side } from "./compare/sides.ts";
import { EvidenceView } from "./evidence/evidence-view.tsx";
import type { Draft } from "./openness/drafts.ts";
import { OpennessView } from "./openness/openness-view.tsx";
import { VerifyView } from "./verify/verify-view.tsx";

const PAGES = ["Verify", "Openness", "Evidence", "Catalog", "Compare"] as const;

type Page = (typeof PAGES)[number];

/** A view that was shown stays as it is while another one is: what was typed or opened in it is kept. */
export function App(): VNode {
  const [shown, setShown] = useState<Page>("Verify");
  const [visited, setVisited] = useState<ReadonlySet<Page>>(new Set(["Verify"]));
  const [draft, setDraft] = useState<Draft>();
  const [sides, setSides] = useState<readonly Side[]>([]);
  const main = useRef<HTMLElement>(null);
  useEffect(keepDropsFromLeaving, []);
  const show = (page: Page): void => {
    setShown(page);
    setVisited(new Set([...visited, page]));
  };
  /** Shows a view that was asked for from within another one: from its beginning, wherever the other one was. */
  const goTo = (page: Page): void => {
    show(page);
    requestAnimationFrame(() => {
      scrollTo(0, 0);
      main.current?.querySelector<HTMLElement>(":scope > div:not([hidden]) h1")?.focus();
    });
  };
  const view = (page: Page, content: ComponentChildren): VNode | null =>
    visited.has(page) ? <div hidden={page !== shown}>{content}</div> : null;
  return (
    <>
      <header class="top">
        <p class="brand">Assay</p>
        <nav aria-label="Questions">
          <ul>
            {PAGES.map((page) => (
              <li key={page}>
                <button type="button" aria-current={page === shown ? "page" : undefined} onClick={() => show(page)}>
                  {page}
                </button>
              </li>
            ))}
          </ul>
        </nav>
        <p class="promise">Works on this machine. Nothing is uploaded.</p>
      </header>
      <main ref={main}>
        {view("Verify", <VerifyView />)}
        {view("Openness", <OpennessView draft={draft} onDraft={setDraft} />)}
        {view("Evidence", <EvidenceView />)}
        {view(
          "Catalog",
          <CatalogView
            onCompare={(models) => {
              setSides(models.map(({ entry, evaluation }) => ({ kind: "openness", name: entry.model.release.name, evaluation })));
              goTo("Compare");
            }}
            onEdit={({ entry }) => {
              setDraft({ model: entry.model, source: undefined, from: "the public evaluations" });
              goTo("Openness");
            }}
          />,
        )}
        {view("Compare", <CompareView sides={sides} onSides={setSides} />)}
      </main>
      <footer>
        <p>
          Assay {VERSION}. This page is one file: save it, and it works without a network. Its security policy refuses every request. A
          policy cannot refuse links and WebRTC: this page has none.
        </p>
      </footer>
    </>
  );
}

function stay(event: DragEvent): void {
  event.preventDefault();
}

/** A file that misses its place would be shown instead of this page, and all that was done here would be gone. */
function keepDropsFromLeaving(): () => void {
  addEventListener("dragover", stay);
  addEventListener("drop", stay);
  return () => {
    removeEventListener("dragover", stay);
    removeEventListener("drop", stay);
  };
}
