import { createAnonymiser } from '../../../src/data/anonymiser.ts';
import { openDatabase } from '../../../src/data/mysql/open-database.ts';
import type { Database, Session } from '../../../src/data/mysql/session.ts';
import { orderOf } from './in-process.ts';

/** A run in a process of its own that kills itself: as it sends the first statement that begins so, or hands the passport over. */
const { address, ruleSet, strikesAt } = JSON.parse(process.argv[2] ?? '') as {
  readonly address: Omit<Parameters<typeof openDatabase>[0], 'connections'>;
  readonly ruleSet: Parameters<typeof orderOf>[0]['ruleSet'];
  readonly strikesAt: string;
};

function strike(place: string): void {
  if (place.startsWith(strikesAt)) {
    process.kill(process.pid, 'SIGKILL');
  }
}

function struck(database: Database): Database {
  const watched = (session: Session): Session => ({
    ...session,
    change: async (sql, values) => {
      strike(sql);
      return await session.change(sql, values);
    },
  });
  return {
    ...database,
    withSession: async (work) => await database.withSession(async (session) => await work(watched(session))),
  };
}

const anonymiser = createAnonymiser({
  open: async (connections) => struck(await openDatabase({ ...address, connections })),
  clock: { now: () => new Date(), wallMilliseconds: (seconds) => seconds * 1000 },
  madeBy: 'a test',
});
await anonymiser.run(
  orderOf({
    ruleSet,
    deliver: async ({ text }) => {
      process.stdout.write(text);
      await new Promise((resolve) => process.stdout.write('\n', resolve));
      strike('hand over');
    },
  }),
  () => undefined,
);
