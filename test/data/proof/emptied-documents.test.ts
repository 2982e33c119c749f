import { expect, it } from '@jest/globals';
import { parseRuleSet } from '../../../src/data/rules/parse.ts';
import type { RuleSet } from '../../../src/data/rules/rule-set.ts';
import { TerminalError } from '../../../src/domain/failure.ts';
import type { Passport } from '../../../src/domain/passport.ts';
import { passportProblem } from '../../../src/domain/passport.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { maskInProcess } from './in-process.ts';
import { useServerAndDesk } from './server-and-desk.ts';
import { ask, createDatabase, hasWorkDatabase } from './stranger.ts';

const PEOPLE = '{ json: { "$.people[*].name": { fake: full-name } }, others: { keep: a test } }';
const ADDRESS = '{ json: { $.e: { fake: email } }, others: { keep: a test } }';
const HOLDER = '{ xml: { /l/holder: { fake: full-name } }, others: { keep: a test } }';
const ALLOWED = { table: 'licence', column: 'doc', detector: 'emptied documents', reason: 'of a test' };

function rulesOf(mask: string, rows: string): RuleSet {
  const columns = `{ id: { keep: a number }, doc: ${mask} }`;
  const parsed = parseRuleSet(`version: 1\ntables:\n  licence:\n    columns: ${columns}\n${rows && `    ${rows}\n`}`);
  if (!parsed.ok) {
    throw new Error(JSON.stringify(parsed));
  }
  return parsed.ruleSet;
}

/** A document of so many people. */
const people = (count: number) =>
  JSON.stringify({ people: Array.from({ length: count }, () => ({ name: 'Sian Morgan' })) });

describeOnMariaDb('documents that cannot be masked', () => {
  const at = useServerAndDesk();

  interface Order {
    readonly type: string;
    readonly mask: string;
    readonly allow?: RuleSet['allow'];
    readonly rows?: string;
  }

  async function masked({ type, mask, allow = [], rows = '' }: Order, documents: readonly string[]) {
    const database = await createDatabase(at.server, [
      `CREATE TABLE licence (id INT PRIMARY KEY AUTO_INCREMENT, doc ${type})`,
      ...documents.map((each) => `INSERT INTO licence (doc) VALUES ('${each}')`),
    ]);
    const ruleSet = { ...rulesOf(mask, rows), allow };
    const passport = await maskInProcess(at.server, database, { ruleSet }).catch((error: unknown) => {
      if (error instanceof TerminalError && error.reason === 'RulesDoNotFit') {
        return error.details;
      }
      throw error;
    });
    return {
      passport,
      rows: await ask<{ doc: string }>(at.server, database, 'SELECT CONCAT(doc) AS doc FROM licence'),
    };
  }

  function checkOf(passport: Passport | readonly string[]) {
    return 'checks' in passport ? passport.checks.find(({ name }) => name === 'documents of licence.doc') : passport;
  }

  it('are none where all can', async () => {
    const { passport } = await masked({ type: 'JSON', mask: PEOPLE }, [people(24), '{}', people(0), '[]', 'null']);
    expect(checkOf(passport)).toEqual({
      name: 'documents of licence.doc',
      passed: true,
      detail: '4 of 4 are still documents',
    });
    expect(passportProblem(passport as Passport)).toBeUndefined();
  });

  it('stop a run before anything is changed, where that can be known', async () => {
    const { passport, rows } = await masked({ type: 'TEXT NOT NULL', mask: PEOPLE }, [
      people(25),
      people(2),
      'broken {',
    ]);
    expect(passport).toEqual([
      '`licence.doc`: 2 documents would be emptied: 1 has more than 24 elements under `$.people[*].name`, 1 is no JSON',
    ]);
    expect(rows.map(({ doc }) => doc)).toEqual([people(25), people(2), 'broken {']);
    expect(await hasWorkDatabase(at.server)).toBe(false);
  });

  it('are counted where somebody allowed it', async () => {
    const order = { type: 'TEXT NOT NULL', mask: PEOPLE, allow: [ALLOWED] };
    const { passport, rows } = await masked(order, [people(25), people(2), 'broken {']);
    expect(rows.map(({ doc }) => doc.length)).toEqual([2, expect.any(Number), 2]);
    expect(checkOf(passport)).toEqual({
      name: 'documents of licence.doc',
      passed: true,
      detail:
        '2 of 3 documents were emptied: 1 has more than 24 elements under `$.people[*].name`, 1 is no JSON; allowed: of a test',
    });
    expect(passportProblem(passport as Passport)).toBeUndefined();
  });

  it('make a result no source where they no longer fit', async () => {
    const { passport, rows } = await masked({ type: 'VARCHAR(30)', mask: ADDRESS }, ['{"e":"a@b.io"}', '{"n":1}']);
    expect(rows).toEqual([{ doc: null }, { doc: '{"n": 1}' }]);
    expect(checkOf(passport)).toEqual({
      name: 'documents of licence.doc',
      passed: false,
      detail: '1 of 2 documents were emptied: 1 is longer masked than the column takes, or nested too deep',
    });
    expect(passportProblem(passport as Passport)).toBe(
      'documents of licence.doc: 1 of 2 documents were emptied: 1 is longer masked than the column takes, or nested too deep',
    );
  });

  it('make a result no source where XML became filler', async () => {
    const deep = `<l>${'<a>'.repeat(20)}x${'</a>'.repeat(20)}</l>`;
    const { passport } = await masked({ type: 'TEXT', mask: HOLDER }, [
      '<l><holder>Sian Morgan</holder></l>',
      deep,
      'text',
    ]);
    expect(checkOf(passport)).toEqual({
      name: 'documents of licence.doc',
      passed: false,
      detail:
        '1 of 2 documents were emptied: 1 is no XML, more than 16 elements deep, or longer masked than the column takes',
    });
  });

  it('are not those of rows that a rule deletes', async () => {
    const order = { type: 'TEXT', mask: ADDRESS, rows: 'deleteWhere: id = 2' };
    const { passport } = await masked(order, ['{"e":"a@b.io"}', '{"e":"c@b.io"}', '{"n":1}']);
    expect(checkOf(passport)).toMatchObject({ passed: true, detail: '2 of 2 are still documents' });
  });
});
