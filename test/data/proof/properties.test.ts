import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { type FakeKind, type Mask } from '../../../src/data/rules/rule-set.ts';
import { TerminalError } from '../../../src/domain/failure.ts';
import { type Passport, passportProblem } from '../../../src/domain/passport.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { type Rows, rowsOf, statements } from './generated-database.ts';
import { rulesFor } from './generated-rules.ts';
import { GENERATED, type GeneratedSchema, KEY_LENGTH } from './generated-schema.ts';
import { maskInProcess } from './in-process.ts';
import { createDatabase, forget } from './stranger.ts';

/** At a desk, more: `npm test -- test/data/proof/properties.test.ts` with other numbers here. */
const RUNS = 25;
const SEED = 11;

/** As long as the longest fake, by which the documentation says which columns of a domain agree. */
const WHOLE: Readonly<Record<FakeKind, number>> = {
  'given-name': 9,
  'family-name': 14,
  'full-name': 27,
  company: 25,
  email: 37,
  phone: 11,
  'address-line': 22,
  town: 14,
  postcode: 8,
  vrm: 7,
  'licence-number': 9,
  login: 28,
};
/** A column too short for its mask, a mask of too few fakes, and what can be unique and equal at once in no way. */
const REFUSALS =
  /does not fit: it needs|has too few values|is part of a unique key, and text can give|of one domain, and no map keeps apart|cannot come out equal in both/;

describeOnMariaDb('over generated schemas, with the masks as they are', () => {
  let server: MariaDbServer;
  let masked = 0;
  beforeAll(async () => {
    server = await startMariaDb();
  }, 60_000);
  afterAll(async () => await server.stop());

  it('equal stays equal across tables, unique unique, NULL NULL and empty empty, and foreign keys hold', async () => {
    await fc.assert(
      fc.asyncProperty(GENERATED, async (generated) => {
        await forget(server);
        const database = await createDatabase(server, statements(generated));
        const before = await rowsOf(server, database, generated);
        const passport = await unlessRefused(server, database, generated);
        if (passport) {
          masked += 1;
          expect(passportProblem(passport)).toBeUndefined();
          expectSameShape(before, await rowsOf(server, database, generated), generated);
        }
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    );
    expect(masked).toBeGreaterThan(RUNS / 4);
  }, 120_000);
});

async function unlessRefused(
  server: MariaDbServer,
  database: string,
  generated: GeneratedSchema,
): Promise<Passport | undefined> {
  const { workers, chunkRows } = generated;
  try {
    return await maskInProcess(server, database, { ruleSet: rulesFor(generated), workers, chunkRows });
  } catch (error) {
    if (error instanceof TerminalError && ['RulesDoNotFit', 'TooFewValues'].includes(error.reason)) {
      const said = error.details.length > 0 ? error.details : [error.message];
      expect(said.filter((sentence) => !REFUSALS.test(sentence))).toEqual([]);
      return undefined;
    }
    throw error;
  }
}

function expectSameShape(before: Rows, after: Rows, generated: GeneratedSchema): void {
  expect(after.references).toEqual(before.references);
  expect(after.tables.map((rows) => rows.length)).toEqual(before.tables.map((rows) => rows.length));
  const became = before.tables.map((rows, table) =>
    rows.flatMap((row, index) =>
      Object.entries(row)
        .filter(([name]) => name !== 'id')
        .map(([name, was]): Became => ({ table, name, was, is: after.tables[table]?.[index]?.[name] ?? null })),
    ),
  );
  became.flat().forEach(expectSameKind);
  const agreement = agreementOf(generated);
  Map.groupBy(became.flat(), ({ table, name }) => agreement(name, table)).forEach(expectEqualForEqual);
}

interface Became {
  readonly table: number;
  readonly name: string;
  readonly was: string | null;
  readonly is: string | null;
}

/** NULL is NULL and empty empty; spaces and NULs alone, some collations take for empty. */
function expectSameKind({ name, was, is }: Became): void {
  const isBlank = was !== null && /^(?:20|00)+$/.test(was);
  const seen = { name, isNull: is === null, isEmpty: is === '' };
  expect(isBlank ? { ...seen, isEmpty: false } : seen).toEqual({ name, isNull: was === null, isEmpty: was === '' });
}

function expectEqualForEqual(all: readonly Became[]): void {
  const became = new Map<string, string>();
  for (const { name, was, is } of all) {
    if (was !== null && is !== null) {
      expect({ name, was, is: became.get(was) ?? is }).toEqual({ name, was, is });
      became.set(was, is);
    }
  }
}

/** Columns agree where they are of one domain and all have room for the longest of the fakes, or as much room. */
function agreementOf({ columns, keyMask }: GeneratedSchema): (name: string, table: number) => string {
  const room = (mask: Mask, length: number) => Math.min(length, wholeLength(mask));
  return (name, table) => {
    const column = columns[Number(/^c(\d)$/.exec(name)?.[1])];
    const length = column?.lengths[table] ?? KEY_LENGTH;
    return column && !column.isOfKey ? `${name} ${room(column.mask, length)}` : `the key ${room(keyMask, length)}`;
  };
}

function wholeLength(mask: Mask): number {
  if (mask.kind === 'fake') {
    return WHOLE[mask.of];
  }
  // What `digits` and `text` give is as long as what was there.
  return mask.kind === 'hash' ? (mask.length ?? 64) : 0;
}
