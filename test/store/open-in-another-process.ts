import { openDatabase } from '../../src/store/open.ts';
import { createStore } from '../../src/store/store.ts';
import { environmentRecord } from '../support/environment-record.ts';

/** Opens the directory it is given, saves one environment after another and says each once it is saved, until it is killed. */
const [dataDir = ''] = process.argv.slice(2);
const store = createStore({ database: await openDatabase({ dataDir }) });
for (let number = 1; ; number += 1) {
  const record = environmentRecord(number);
  await store.transaction(async (transaction) => {
    await transaction.saveEnvironment(record);
    await transaction.enqueue(record.identity.id);
  });
  process.stdout.write(`${number}\n`);
}
