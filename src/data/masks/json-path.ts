/** As far as arrays are followed under `[*]`: one of them, or one within another. */
const REACH = [0, 24, 6] as const;

const MEMBER = /\.(?:[A-Za-z_$][\w$]*|"[^"\\]+")|\[(?:\d+|\*)\]/g;

export interface JsonPaths {
  /** Each without `[*]`. */
  readonly paths: readonly string[];
  /** Arrays that have to be of `reach` elements at most for `paths` to name them all. */
  readonly arrays: readonly string[];
  readonly reach: number;
}

/** What a path of a rule names, element by element; undefined when it is no path, or has more than two `[*]`. */
export function expandJsonPath(path: string): JsonPaths | undefined {
  const steps = path.match(MEMBER) ?? [];
  const reach = REACH[steps.filter((step) => step === '[*]').length];
  if (steps.length === 0 || `$${steps.join('')}` !== path || reach === undefined) {
    return undefined;
  }
  let paths: readonly string[] = ['$'];
  const arrays: string[] = [];
  for (const step of steps) {
    if (step === '[*]') {
      arrays.push(...paths);
      paths = paths.flatMap((each) => Array.from({ length: reach }, (_, index) => `${each}[${index}]`));
    } else {
      paths = paths.map((each) => each + step);
    }
  }
  return { paths, arrays, reach };
}
