/** Whether this part of the list still fails. Asked of a part more than once only if it is asked for again. */
export type Fails<T> = (part: readonly T[]) => Promise<boolean>;

/**
 * The shortest list that leaving things out leads to and that still fails: delta debugging (Zeller and Hildebrandt,
 * "Simplifying and Isolating Failure-Inducing Input", 2002), first in halves, then in ever smaller chunks, until nothing
 * can be left out any more. `fails` of the whole is taken for granted. `isEnough` ends the search early, with the
 * shortest list so far.
 */
export async function shrink<T>(
  whole: readonly T[],
  fails: Fails<T>,
  isEnough: () => boolean = () => false,
): Promise<readonly T[]> {
  let shortest = whole;
  let chunks = 2;
  while (shortest.length > 1 && !isEnough()) {
    const smaller = await withoutAChunk(shortest, chunks, { fails, isEnough });
    if (smaller) {
      shortest = smaller;
      chunks = Math.max(chunks - 1, 2);
    } else if (chunks >= shortest.length) {
      return shortest;
    } else {
      chunks = Math.min(chunks * 2, shortest.length);
    }
  }
  return shortest;
}

/** From the end, because what comes last most often only follows. */
async function withoutAChunk<T>(
  list: readonly T[],
  chunks: number,
  { fails, isEnough }: { fails: Fails<T>; isEnough: () => boolean },
): Promise<readonly T[] | undefined> {
  const size = Math.ceil(list.length / chunks);
  for (let from = (chunks - 1) * size; from >= 0 && !isEnough(); from -= size) {
    const rest = [...list.slice(0, from), ...list.slice(from + size)];
    if (rest.length < list.length && rest.length > 0 && (await fails(rest))) {
      return rest;
    }
  }
  return undefined;
}
