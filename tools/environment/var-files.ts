import { statSync } from 'node:fs';
import { Refusal } from './refusal.ts';

/** Terraform would say so too, but only once a workspace is made. Throws `Refusal` for the first that is not a file. */
export function checkVarFiles(files: readonly string[]): void {
  for (const file of files) {
    if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
      throw new Refusal(`There is no file ${file}, which --var-file names.`);
    }
  }
}
