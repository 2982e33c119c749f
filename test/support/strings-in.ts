/** A string somewhere in a value, and how to get there: `ecs.services.<key>.name`. */
export interface FoundString {
  readonly path: string;
  readonly text: string;
}

/** Every string of a value, keys of objects and maps too, whatever it is made of. What is met twice is told once. */
export function stringsIn(value: unknown): FoundString[] {
  const met = new Set<object>();
  const found: FoundString[] = [];

  function walk(each: unknown, path: string): void {
    if (typeof each === 'string') {
      found.push({ path, text: each });
    } else if (typeof each === 'object' && each !== null && !met.has(each)) {
      met.add(each);
      const entries = each instanceof Map || each instanceof Set ? [...each.entries()] : Object.entries(each);
      for (const [key, member] of entries) {
        const name = typeof key === 'string' ? key : '*';
        found.push({ path: `${path} (key)`, text: name });
        walk(member, path === '' ? name : `${path}.${name}`);
      }
    }
  }

  walk(value, '');
  return found;
}
