import type { HashThreads } from "./hash-threads.ts";
import type { InventoryFile } from "../source/inventory.ts";
import { lookOff } from "./look-off.ts";
import type { HashRequest } from "./pieces.ts";
import type { FileLook } from "../source/second-look.ts";
import type { Turns } from "../source/turns.ts";
import { stopWork, type WorkList } from "./work-list.ts";

/** From so many files on the other threads take part. */
const MIN_SHARED = 1000;

/** The second look at the files of one list, by the threads that hashed them. */
export class SharedLook implements FileLook {
  readonly #list: WorkList;
  readonly #requests: readonly HashRequest[];
  readonly #threads: HashThreads | undefined;

  constructor(list: WorkList, requests: readonly HashRequest[], threads: HashThreads | undefined) {
    this.#list = list;
    this.#requests = requests;
    this.#threads = threads;
  }

  async rest(files: readonly InventoryFile[], turns: Turns): Promise<readonly InventoryFile[]> {
    const list = this.#list;
    const pathOf = (file: number): string => this.#requests[file]?.file.path ?? "";
    const others = this.#requests.length < MIN_SHARED ? undefined : this.#threads?.work("look", list, () => undefined);
    try {
      while (lookOff(list, pathOf)) if (turns.due()) await turns.take();
    } catch (error) {
      stopWork(list);
      throw error;
    }
    await others;
    const unchanged = new Set<InventoryFile>();
    let isAll = files.length === this.#requests.length;
    for (let index = 0; isAll && index < files.length; index++)
      isAll = files[index] === this.#requests[index]?.file && list.unchanged[index] === 1;
    if (isAll) return [];
    for (const [index, { file }] of this.#requests.entries()) if (list.unchanged[index] === 1) unchanged.add(file);
    return files.filter((file) => !unchanged.has(file));
  }
}
