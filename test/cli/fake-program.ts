import process from 'node:process';
import type { Anonymiser } from '../../src/cli/anonymiser.ts';
import { runProcess } from '../../src/cli/process.ts';

/** The command line with an anonymiser that masks until it is told to stop. */
const endless: Anonymiser = {
  check: async () => ({ ok: true, tables: [] }),
  run: async ({ signal }, progress) => {
    progress({ step: 'masking', table: 'person', rows: 0, aboutRows: 9, allRows: 0, allAboutRows: 9 });
    // Holds the process, as a connection would.
    const held = setInterval(() => undefined, 1000);
    return await new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        clearInterval(held);
        reject(new Error('stopped after a chunk'));
      });
    });
  },
  abort: async () => undefined,
  propose: async () => ({ text: 'version: 1\n', undecided: [] }),
  close: async () => undefined,
};

await runProcess(process, {
  openAnonymiser: async () => await Promise.resolve(endless),
  openSourceDesk: async () => await Promise.reject(new Error('no test of this file asks for a source')),
});
