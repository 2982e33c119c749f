/**
 * The known word that `word` was most likely meant to be, or undefined when none is near: at most one slip in three
 * letters, a slip being a letter too many, too few, wrong, or swapped with its neighbour. Case is no slip.
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const meant = word.toLowerCase().slice(0, 100);
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of known) {
    const distance = slips(meant, candidate.toLowerCase());
    const allowed = Math.max(1, Math.ceil(Math.max(meant.length, candidate.length) / 3));
    if (distance <= allowed && distance < candidate.length && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) {
      best = { candidate, distance };
    }
  }
  return best?.candidate;
}

/** The Damerau-Levenshtein distance, in its restricted form: no piece of text is changed twice. */
export function slips(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(
        Math.min(
          at(last, column) + 1,
          at(current, column - 1) + 1,
          at(last, column - 1) + (same ? 0 : 1),
          swapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
