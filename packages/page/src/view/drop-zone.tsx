import type { ComponentChildren, VNode } from "preact";
import { useState } from "preact/hooks";
import { takeDropped, type Dropped } from "../files/dropped.ts";

/** A place to drop files on. All that can be dropped can also be chosen: the buttons are among its children. */
export function DropZone({
  onDrop,
  label,
  children,
}: {
  readonly onDrop: (dropped: Promise<Dropped>) => void;
  readonly label: string;
  readonly children: ComponentChildren;
}): VNode {
  const [isOver, setOver] = useState(false);
  return (
    <section
      class={isOver ? "drop over" : "drop"}
      aria-label={label}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (event.dataTransfer !== null) onDrop(takeDropped(event.dataTransfer));
      }}
    >
      {children}
    </section>
  );
}
