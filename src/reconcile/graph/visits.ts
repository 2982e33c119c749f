/** Visits each of many once, by its key, whoever asks for it: they all get the one visit's answer. */
export function onceEach<T extends { readonly key: string }, R>(
  visitOnce: (of: T) => Promise<R>,
): (of: T) => Promise<R> {
  const visits = new Map<string, Promise<R>>();
  return async (of) => {
    const visit = visits.get(of.key) ?? visitOnce(of);
    visits.set(of.key, visit);
    return await visit;
  };
}

/** Lets every visit end before the first error is thrown: nothing of a pass may go on after the pass. */
export async function allEnded<R>(visits: readonly Promise<R>[]): Promise<R[]> {
  const results = await Promise.allSettled(visits);
  return results.map((result) => {
    if (result.status === 'rejected') {
      throw result.reason;
    }
    return result.value;
  });
}
