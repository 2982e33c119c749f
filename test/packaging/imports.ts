import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin, stripTypeScriptTypes } from 'node:module';
import { dirname, join, relative } from 'node:path';

export interface Reached {
  /** Relative to the folder. */
  readonly files: readonly string[];
  /** Names of packages. */
  readonly packages: readonly string[];
  /** `file → what it wants`, where there is no such file. */
  readonly missing: readonly string[];
}

/** Everything that Node loads, now or later, when it is started with a file: types are gone by then. */
export function reachedFrom(entry: string, folder: string): Reached {
  const files = new Set<string>();
  const packages = new Set<string>();
  const missing: string[] = [];
  const waiting = [join(folder, entry)];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const here = relative(folder, file);
    if (files.has(here)) {
      continue;
    }
    files.add(here);
    for (const specifier of importsOf(readFileSync(file, 'utf8'))) {
      const target = join(dirname(file), specifier);
      if (!specifier.startsWith('.')) {
        packages.add(packageOf(specifier));
      } else if (existsSync(target)) {
        waiting.push(target);
      } else {
        missing.push(`${here} → ${specifier}`);
      }
    }
  }
  return { files: [...files].sort(), packages: [...packages].filter((name) => !isBuiltin(name)).sort(), missing };
}

function importsOf(source: string): string[] {
  const code = stripTypeScriptTypes(source);
  const pattern =
    /(?:^|[\s;])(?:import|export)\b[^'";]*?from\s*'([^']+)'|(?:^|[\s;])import\s*'([^']+)'|\bimport\(\s*'([^']+)'/g;
  return [...code.matchAll(pattern)].flatMap(([, from, bare, lazy]) => from ?? bare ?? lazy ?? []);
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
