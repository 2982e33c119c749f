import { readFileSync } from 'node:fs';
import { notesOf } from './release-notes/notes.ts';

/** Prints what a release says of itself, if it may be released: `node tools/release-notes.ts v1.2.3`. */
const [tag = ''] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
try {
  process.stdout.write(notesOf(tag, { version, changelog: readFileSync('CHANGELOG.md', 'utf8') }));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
