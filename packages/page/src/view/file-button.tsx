import type { ComponentChildren, VNode } from "preact";
import { useId } from "preact/hooks";

interface FileButtonProps {
  readonly onFiles: (files: FileList) => void;
  readonly isFolder?: boolean;
  readonly isMany?: boolean;
  readonly accept?: string;
  readonly isMain?: boolean;
  readonly children: ComponentChildren;
}

/** A button that has the browser ask for files. It is a label over the browser's own control, which keeps the keyboard. */
export function FileButton({ onFiles, isFolder = false, isMany = false, accept, isMain = false, children }: FileButtonProps): VNode {
  const id = useId();
  return (
    <span class="choose">
      <input
        id={id}
        type="file"
        multiple={isMany || isFolder}
        accept={accept}
        ref={(input) => {
          input?.toggleAttribute("webkitdirectory", isFolder);
        }}
        onChange={(event) => {
          const { files } = event.currentTarget;
          if (files !== null) onFiles(files);
          // The same file may be chosen again, when it was changed.
          event.currentTarget.value = "";
        }}
      />
      <label for={id} class={isMain ? "button main" : "button"}>
        {children}
      </label>
    </span>
  );
}
