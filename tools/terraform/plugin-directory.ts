import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const HOST = 'registry.terraform.io';
const PLACES = [
  join(homedir(), '.terraform.d', 'plugins'),
  '/usr/local/share/terraform/plugins',
  '/usr/share/terraform/plugins',
];

/**
 * The directory that Terraform is to take providers from: the one that is `named` (TF_PLUGIN_DIR), or one of the places
 * where people keep such a directory; undefined when they are to come from the registry. Throws with a sentence when the
 * one that is named holds none.
 */
export function pluginDirectory(named: string | undefined): string | undefined {
  if (named !== undefined && !existsSync(join(named, HOST))) {
    throw new Error(`TF_PLUGIN_DIR: there is no ${HOST} in ${named}`);
  }
  return named ?? [...PLACES, ...below('/opt')].find((place) => existsSync(join(place, HOST)));
}

function below(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}
