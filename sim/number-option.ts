/** Reads the number of an option. Throws with a sentence for a person unless it is between the two, both included. */
export function numberOption(
  name: string,
  text: string,
  { min, max, whole = false }: { min: number; max: number; whole?: boolean },
): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (!(number >= min && number <= max) || (whole && !Number.isInteger(number))) {
    throw new Error(`${name} takes a ${whole ? 'whole ' : ''}number from ${min} to ${max}, not ${text}`);
  }
  return number;
}

/** 0 stands for any port that is free. */
export function portOption(text: string): number {
  return numberOption('--port', text, { min: 0, max: 65_535, whole: true });
}
