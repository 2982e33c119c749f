import { globSync } from 'node:fs';

const PLACES = ['.github/workflows/*.{yml,yaml}', 'examples/**/.github/workflows/*.{yml,yaml}'];

/** Our own workflows, and those that examples tell others to copy; sorted, relative to `root`. */
export function workflowFiles(root: string): string[] {
  return globSync(PLACES, { cwd: root }).toSorted();
}
