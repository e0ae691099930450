/** Longer texts are never a name: their content is not looked at. */
const MAX_TEXT = 4094;
const STEP = 4096;

/** Offset and length of a text in the file, as one number: a text's content is read only where it is needed. */
export function textPlace(offset: number, length: number): number {
  return offset * STEP + (length > MAX_TEXT ? STEP - 1 : length);
}

/** Undefined for a text that is too long to be a name. */
export function readPlace(place: number): { readonly offset: number; readonly length: number } | undefined {
  const offset = Math.floor(place / STEP);
  const length = place - offset * STEP;
  return length > MAX_TEXT ? undefined : { offset, length };
}
