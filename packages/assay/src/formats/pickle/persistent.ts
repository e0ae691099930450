import { Arguments } from "./arguments.ts";
import { VALUE } from "./kinds.ts";
import type { PickleMachine } from "./machine.ts";

/**
 * BINPERSID: the loader asks a function of its own for the object. torch's takes
 * ('storage', class, key, location, count), and in its first format a view of a storage behind them. Anything else is up
 * to a loader that is not known here.
 */
export function loadPersistent(machine: PickleMachine): void {
  machine.need(1);
  const number = machine.options.persistentIds === "torch" ? storageOf(machine) : undefined;
  if (number !== undefined && number >= 0) {
    machine.replace(1, VALUE.storage, number);
    return;
  }
  machine.fault("persistent-id", "has a persistent id, which only its own program can load");
  machine.replace(1, VALUE.opaque, -1);
}

function storageOf(machine: PickleMachine): number | undefined {
  const id = Arguments.of(machine, machine.kind(1), machine.payload(1));
  if (id === undefined || (id.count !== 5 && id.count !== 6)) return undefined;
  if (id.count === 6 && !id.is(5, VALUE.none) && !isView(id.tuple(5))) return undefined;
  const [tag, key, location] = [id.text(0), id.text(2), id.text(3)];
  if (tag !== "storage" || key === undefined || location === undefined) return undefined;
  if (id.use(1) !== "storage-class" || !id.is(4, VALUE.integer) || !(id.payload(4) >= 0)) return undefined;
  const type = machine.global(id.payload(1))?.name ?? "";
  return machine.record.storage({ key, type, count: id.payload(4), offset: machine.opcodeOffset });
}

/** Key of the view, offset, count. */
function isView(view: Arguments | undefined): boolean {
  return view?.count === 3 && view.isText(0) && view.is(1, VALUE.integer) && view.is(2, VALUE.integer);
}
