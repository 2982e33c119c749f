import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { Permissions } from '../github/entities/installation.ts';

/** What app.yml asks for and no more, so that what Mayfly does without being allowed to is refused here already. */
export async function readAppPermissions(): Promise<Permissions> {
  const text = await readFile(new URL('../../app.yml', import.meta.url), 'utf8');
  return (parse(text) as { default_permissions: Permissions }).default_permissions;
}
