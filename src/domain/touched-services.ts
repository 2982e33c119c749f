/**
 * The services whose image a change makes anew, in the order given: those with a path that is, or contains, a changed
 * one, and those that name no paths at all. A path stands for whole segments: `lib` holds `lib/x`, not `library/x`.
 */
export function touchedServices(
  changedPaths: readonly string[],
  services: Readonly<Record<string, { readonly paths: readonly string[] }>>,
): string[] {
  return Object.entries(services)
    .filter(
      ([, { paths }]) =>
        paths.length === 0 || paths.some((path) => changedPaths.some((changed) => holds(path, changed))),
    )
    .map(([name]) => name);
}

function holds(path: string, changed: string): boolean {
  const prefix = path.replace(/^(\.?\/)+/, '').replace(/\/+$/, '');
  return prefix === '' || prefix === '.' || changed === prefix || changed.startsWith(`${prefix}/`);
}
