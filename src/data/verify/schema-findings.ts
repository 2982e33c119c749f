import type { ScanFinding } from '../../domain/passport.ts';
import { detect } from '../detect/detect.ts';
import { readings } from '../detect/readings.ts';
import type { Database } from '../mysql/session.ts';
import { readSchemaTexts, type SchemaText } from '../schema/schema-texts.ts';
import { ORIGINAL_NAME } from './column-look.ts';
import { isKnownFake } from './known-fakes.ts';
import type { HoldsName } from './name-search.ts';

/** What looks personal in defaults, comments, and the text of views, triggers, routines and events. */
export async function findInSchema(database: Database, holdsName: HoldsName): Promise<Omit<ScanFinding, 'allowed'>[]> {
  const found = new Map<string, Omit<ScanFinding, 'allowed'>>();
  for (const each of await readSchemaTexts(database)) {
    for (const detector of detectorsOf(each, holdsName)) {
      const name = each.where === undefined ? detector : `${detector} in ${each.where}`;
      const finding = { table: each.of, column: each.column, detector: name, rows: 1 };
      found.set(JSON.stringify(finding), finding);
    }
  }
  return [...found.values()];
}

/** Identifiers are no texts, and words of code no names. */
function detectorsOf({ text, isCode }: SchemaText, holdsName: HoldsName): readonly string[] {
  const own = isCode ? text.replaceAll(/`[^`]*`/g, ' ') : text;
  const texts = [own, ...readings(own)];
  const found = texts.flatMap((each) => detect(each, isKnownFake));
  return !isCode && texts.some(holdsName) ? [...found, ORIGINAL_NAME] : found;
}
