import { closeSync, constants, fstatSync, openSync, read, readSync, type BigIntStats } from "node:fs";

/** The system calls that hashing makes. A parameter, so that tests can change a file between two of them. */
export interface FileAccess {
  /** Opens for reading, without following a link and without waiting for the other end of a pipe. */
  open(path: string): number;
  stat(descriptor: number): BigIntStats;
  /** Fills `buffer` from `position` on; returns fewer bytes than fit at the file's end only. */
  read(descriptor: number, buffer: Uint8Array, position: number): number;
  /** The same, while the caller does something else. */
  readAhead(descriptor: number, buffer: Uint8Array, position: number): Promise<number>;
  close(descriptor: number): void;
}

// Windows has neither flag, and no FIFOs that a path in a folder could name.
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export const fileAccess: FileAccess = {
  open: (path) => openSync(path, OPEN_FLAGS),
  stat: (descriptor) => fstatSync(descriptor, { bigint: true }),
  read: readFully,
  readAhead: readFullyAhead,
  close: closeSync,
};

function readFully(descriptor: number, buffer: Uint8Array, position: number): number {
  let filled = 0;
  while (filled < buffer.length) {
    const count = readSync(descriptor, buffer, filled, buffer.length - filled, position + filled);
    if (count === 0) break;
    filled += count;
  }
  return filled;
}

function readFullyAhead(descriptor: number, buffer: Uint8Array, position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let filled = 0;
    const next = (): void => {
      read(descriptor, buffer, filled, buffer.length - filled, position + filled, (error, count) => {
        if (error !== null) return reject(error);
        filled += count;
        return count === 0 || filled === buffer.length ? resolve(filled) : next();
      });
    };
    next();
  });
}
