import type { ComponentType, VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { VerifyView } from "./verify/verify-view.tsx";

interface Page {
  readonly name: string;
  readonly View: ComponentType;
}

const PAGES: readonly Page[] = [{ name: "Verify", View: VerifyView }];

/** All views stay as they are while another one is shown: what was typed or opened in one is kept. */
export function App(): VNode {
  const [shown, setShown] = useState(0);
  useEffect(keepDropsFromLeaving, []);
  return (
    <>
      <header class="top">
        <p class="brand">Assay</p>
        <nav aria-label="Questions" hidden={PAGES.length < 2}>
          <ul>
            {PAGES.map(({ name }, index) => (
              <li key={name}>
                <button type="button" aria-current={index === shown ? "page" : undefined} onClick={() => setShown(index)}>
                  {name}
                </button>
              </li>
            ))}
          </ul>
        </nav>
        <p class="promise">Works on this machine. Nothing is uploaded.</p>
      </header>
      <main>
        {PAGES.map(({ name, View }, index) => (
          <div key={name} hidden={index !== shown}>
            <View />
          </div>
        ))}
      </main>
      <footer>
        <p>
          This page is one file: save it, and it works without a network. Its security policy forbids it to load or send anything. It cannot
          forbid following a link.
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
