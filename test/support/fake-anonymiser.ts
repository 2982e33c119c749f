import { generateKeyPairSync } from 'node:crypto';
import type { Anonymiser } from '../../src/cli/anonymiser.ts';
import type { RunOrder } from '../../src/data/mask-database.ts';
import { type Passport, signPassport } from '../../src/domain/passport.ts';
import { type SourceShape, signShape } from '../../src/domain/source-shape.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
export const SIGNING_KEY = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
export const PUBLIC_KEY = publicKey.export({ type: 'spki', format: 'pem' }).toString();

/** What it tells of every source. */
export const SHAPE: SourceShape = {
  version: 1,
  source: 'a source',
  database: 'shop',
  schema: { tables: [{ name: 'person', columns: [{ name: 'id', type: 'int' }], indexes: [] }] },
  histories: [],
};

export interface FakeAnonymiser extends Anonymiser {
  readonly runs: readonly RunOrder[];
  readonly closed: () => number;
}

/** Masks nothing, and says it did; `changes` go into the passport, or take the place of what it does. */
export function fakeAnonymiser(
  changes: { passport?: Partial<Passport>; acts?: Partial<Anonymiser> } = {},
): FakeAnonymiser {
  const runs: RunOrder[] = [];
  let closed = 0;
  return {
    runs,
    closed: () => closed,
    check: async () => ({ ok: true, tables: [] }),
    run: async (options, progress) => {
      runs.push(options);
      progress({ step: 'masking', table: 'person', rows: 0, aboutRows: 9, allRows: 0, allAboutRows: 9 });
      const signed = signPassport({ ...passportOf(options), ...changes.passport }, options.signingKey);
      await options.deliver(signed, signShape(SHAPE, options.signingKey));
      return signed;
    },
    abort: async () => undefined,
    propose: async () => ({ text: 'version: 1\n', undecided: ['person.pet: varchar(40)'] }),
    close: async () => {
      closed += 1;
    },
    ...changes.acts,
  };
}

function passportOf({ digest, source, takenAt }: RunOrder): Passport {
  return {
    version: 1,
    source,
    takenAt,
    database: 'shop',
    otherDatabases: [],
    ruleSet: digest,
    schema: 'none',
    columns: [
      { table: 'person', column: 'id', mask: 'keep', reason: 'a number' },
      { table: 'person', column: 'name', mask: 'fake full-name', reason: null },
    ],
    counts: [{ table: 'person', before: 9, after: 7 }],
    scan: { detectors: ['email'], columns: 1, rows: 7, findings: [] },
    checks: [{ name: 'foreign keys', passed: true, detail: '' }],
    startedAt: '2026-11-26T03:00:00Z',
    finishedAt: '2026-11-26T04:00:00Z',
    madeBy: '0.1.0',
  };
}
