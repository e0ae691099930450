import type { VNode } from "preact";

/** A digest, which a narrow window breaks at equal parts. Copied, it is one word. */
export function Digest({ text }: { readonly text: string }): VNode {
  return (
    <code>
      {text.split(/(?<=:)|(?<=^(?:[^:]*:)?(?:[0-9a-f]{8})+)(?=[0-9a-f])/).map((part, index) => (
        <>
          {index === 0 ? null : <wbr />}
          {part}
        </>
      ))}
    </code>
  );
}

/** A sentence with its digests cut to what tells them apart. */
export function shortenDigests(text: string): string {
  return text.replace(/\b(sha(?:256|384|512):[0-9a-f]{12})[0-9a-f]{20,}/g, "$1…");
}
