import { openDatabase } from '../../../src/data/mysql/open-database.ts';
import { HOSTILE_RULES } from './hostile-database.ts';
import { mask } from './masked-database.ts';

/** A run in a process of its own, to be killed: says a line for each report. */
const address = JSON.parse(process.argv[2] ?? '') as Parameters<typeof openDatabase>[0];
const database = await openDatabase({ ...address, connections: 6 });
await mask(database, HOSTILE_RULES, {
  chunkRows: 25,
  report: ({ step, rows }) => process.stdout.write(`${step} ${rows}\n`),
});
await database.close();
