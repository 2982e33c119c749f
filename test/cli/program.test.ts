import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Anonymiser } from '../../src/cli/anonymiser.ts';
import type { DatabaseAddress } from '../../src/cli/database-address.ts';
import { EXIT, Interruption } from '../../src/cli/exit-code.ts';
import { runProgram } from '../../src/cli/program.ts';
import { TerminalError, TransientError } from '../../src/domain/failure.ts';
import { readPassport, type SignedPassport } from '../../src/domain/passport.ts';
import { passportIn } from '../../src/domain/passport-lines.ts';
import { readShape } from '../../src/domain/source-shape.ts';
import { shapeIn } from '../../src/domain/source-shape-lines.ts';
import { fakeAnonymiser, PUBLIC_KEY, SHAPE, SIGNING_KEY } from '../support/fake-anonymiser.ts';

const KEY = 'k'.repeat(32);
const VARIABLES = {
  MAYFLY_ANONYMISE_KEY: KEY,
  MAYFLY_PASSPORT_KEY: SIGNING_KEY,
  MAYFLY_DATABASE_PASSWORD: 'hunter2hunter2',
};
const URL_OF_SHOP = 'mysql://masker@db.internal:3307/shop';

let directory: string;
let rules: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mayfly-cli-'));
  rules = join(directory, 'rules.yml');
  await writeFile(rules, 'version: 1\ntables: { person: { columns: { name: { fake: full-name } } } }\n');
});
afterEach(async () => await rm(directory, { recursive: true, force: true }));

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly told: readonly string[];
  readonly addresses: readonly DatabaseAddress[];
}

async function run(
  args: readonly string[],
  {
    anonymiser = fakeAnonymiser(),
    variables = VARIABLES,
    signal = new AbortController().signal,
  }: { anonymiser?: Anonymiser; variables?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Ran> {
  let out = '';
  const told: string[] = [];
  const addresses: DatabaseAddress[] = [];
  const code = await runProgram({
    args,
    variables,
    out: (text) => {
      out += text;
    },
    tell: (line) => told.push(line),
    now: () => new Date('2026-11-26T03:00:00Z'),
    signal,
    pause: async () => undefined,
    userName: () => 'jane',
    openAnonymiser: async (address) => {
      addresses.push(address);
      return await Promise.resolve(anonymiser);
    },
    openSourceDesk: async () => await Promise.reject(new Error('no test of this file asks for a source')),
  });
  return { code, out, told, addresses };
}

const target = (): string[] => ['--config', rules, '--database', URL_OF_SHOP];

describe('mayfly anonymise', () => {
  it('masks by the rules, tells how far it is, and puts the signed passport where it is wanted', async () => {
    const anonymiser = fakeAnonymiser();
    const passport = join(directory, 'passport.json');
    const more = ['--workers', '3', '--chunk-rows=500', '--as-of', '2026-01-31', '--source', 'snapshot x'];
    const taken = ['--taken-at', '2026-11-25T03:00:00+01:00', '--passport', passport];
    const { code, out, told, addresses } = await run(['anonymise', ...target(), ...more, ...taken], { anonymiser });

    expect({ code, told }).toEqual({ code: 0, told: ['masking person: 0 of about 9 rows'] });
    expect(out).toBe(
      '1 tables: 1 columns masked, 1 kept, 2 rows deleted\nlooked at 7 rows: 0 findings, 1 of 1 checks passed\n',
    );
    expect(addresses).toEqual([
      { host: 'db.internal', port: 3307, socket: undefined, user: 'masker', password: 'hunter2hunter2', name: 'shop' },
    ]);
    expect(anonymiser.runs).toMatchObject([
      {
        key: KEY,
        workers: 3,
        chunkRows: 500,
        asOf: '2026-01-31',
        source: 'snapshot x',
        takenAt: '2026-11-25T02:00:00.000Z',
      },
    ]);
    const signed = JSON.parse(await readFile(passport, 'utf8')) as SignedPassport;
    expect(readPassport(signed, PUBLIC_KEY)?.source).toBe('snapshot x');
    expect(anonymiser.closed()).toBe(1);
  });

  it('leaves to the anonymiser what nobody said', async () => {
    const anonymiser = fakeAnonymiser();
    await run(['anonymise', ...target(), '--json'], { anonymiser });

    expect(anonymiser.runs).toMatchObject([
      {
        workers: undefined,
        chunkRows: undefined,
        asOf: undefined,
        source: 'database shop on db.internal',
        takenAt: null,
      },
    ]);
  });

  it('says all of it in one document when asked for JSON', async () => {
    const { out } = await run(['anonymise', ...target(), '--json']);
    const document = JSON.parse(out) as { ok: boolean; problem: string | null; passport: SignedPassport };

    expect(document).toMatchObject({ ok: true, problem: null });
    expect(readPassport(document.passport, PUBLIC_KEY)?.database).toBe('shop');
  });

  it('writes the signed passport in lines of a log, for who runs it as a task', async () => {
    const { code, out } = await run(['anonymise', ...target(), '--source', 'nonprod-source', '--passport-lines']);
    expect(code).toBe(EXIT.done);
    const signed = passportIn(out.split('\n'));
    expect(signed && readPassport(signed, PUBLIC_KEY)?.source).toBe('nonprod-source');
    // The passport is the last: with one, all was told.
    const shape = shapeIn(out.slice(0, out.indexOf('mayfly-passport')).split('\n'));
    expect(shape && readShape(shape, PUBLIC_KEY)).toEqual(SHAPE);
  });

  it('ends with 1 when the passport lets nobody clone it, and hands it over all the same', async () => {
    const finding = { table: 'person', column: 'name', detector: 'email', rows: 3, allowed: null };
    const scan = { detectors: ['email'], columns: 1, rows: 7, findings: [finding] };
    const { code, out, told } = await run(['anonymise', ...target(), '--json'], {
      anonymiser: fakeAnonymiser({ passport: { scan } }),
    });

    expect(code).toBe(1);
    expect(told.at(-1)).toBe('The result is no source: person.name holds what looks like email in 3 rows');
    expect(JSON.parse(out)).toMatchObject({ ok: false, passport: {} });
  });

  it('says of a masked database what its server keeps from being a source, and ends with 0', async () => {
    const otherDatabases = [{ name: 'audit', reason: null }];
    const says =
      'Its cluster could be no source: on its server are also audit, unmasked: drop them, or keep them in the rules with a reason (otherDatabases)';
    const masked = await run(['anonymise', ...target(), '--json'], {
      anonymiser: fakeAnonymiser({ passport: { otherDatabases } }),
    });
    expect({ code: masked.code, told: masked.told.at(-1) }).toEqual({ code: EXIT.done, told: says });

    const serverProblem = says.replace('Its cluster could be no source: ', '');
    const check = async () => await Promise.resolve({ ok: true, tables: [], serverProblem } as const);
    const checked = await run(['anonymise', 'check', ...target().slice(0, 4)], {
      anonymiser: fakeAnonymiser({ acts: { check } }),
    });
    expect({ code: checked.code, told: checked.told }).toEqual({ code: EXIT.done, told: [says] });
  });

  it('refuses a passport that could not be written before anything is masked', async () => {
    const anonymiser = fakeAnonymiser();
    const { code, told } = await run(['anonymise', ...target(), '--passport', '/nowhere/passport.json'], {
      anonymiser,
    });

    expect({ code, told: told.join(), runs: anonymiser.runs }).toMatchObject({
      code: 1,
      told: expect.stringContaining('/nowhere'),
      runs: [],
    });
  });

  it('says that the same command writes a passport whose file could not be written after all', async () => {
    const { code, told } = await run(['anonymise', ...target(), '--passport', directory]);

    expect({ code, told: told.at(-1) }).toEqual({
      code: 1,
      told: expect.stringContaining('mend that, and the same command writes it'),
    });
  });

  it('puts the passport into lines that a log can hold', async () => {
    const { code, out } = await run(['anonymise', ...target(), '--passport-lines']);
    const signed = passportIn(out.split('\n'));

    expect(code).toBe(0);
    expect(signed && readPassport(signed, PUBLIC_KEY)?.database).toBe('shop');
  });

  it('names each problem of the rule file with its line', async () => {
    await writeFile(rules, 'version: 1\ntables:\n  person:\n    columns:\n      name: txt\n');
    const { code, told } = await run(['anonymise', ...target(), '--json']);

    expect({ code, told: told.join() }).toMatchObject({ code: 1, told: expect.stringContaining(`${rules}:5:13: `) });
  });

  it.each([
    [EXIT.mend, new TerminalError('X', 'the disk is full', { actor: 'operator' }), 'the disk is full'],
    [
      EXIT.tryAgain,
      new TransientError('X', 'the connection is lost'),
      'the connection is lost: the same command goes on',
    ],
    [EXIT.mend, new Error('oops'), 'this should not happen: oops'],
  ])('ends with %d on %s, and closes what it opened', async (exit, error, words) => {
    let isClosed = false;
    const acts: Partial<Anonymiser> = {
      run: async () => await Promise.reject(error),
      close: async () => {
        isClosed = true;
      },
    };
    const { code, out, told } = await run(['anonymise', ...target(), '--json'], {
      anonymiser: fakeAnonymiser({ acts }),
    });

    expect({ code, isClosed }).toEqual({ code: exit, isClosed: true });
    expect(told.at(-1)).toContain(words);
    expect(JSON.parse(out)).toEqual({ ok: false, exitCode: exit, problems: told.slice(-1) });
  });

  it.each([EXIT.onInterrupt, EXIT.onTermination])('ends with %d when it was interrupted', async (exit) => {
    const controller = new AbortController();
    const run_ = async (): Promise<never> => {
      controller.abort(new Interruption(exit));
      return await Promise.reject(new TransientError('X', 'stopped'));
    };
    const { code, told } = await run(['anonymise', ...target(), '--json'], {
      anonymiser: fakeAnonymiser({ acts: { run: run_ } }),
      signal: controller.signal,
    });

    expect({ code, told }).toEqual({
      code: exit,
      told: ['interrupted: the same command goes on where this one ended'],
    });
  });
});

describe('a command line', () => {
  const SECRET = 'hunter2hunter2';

  it('has all its problems told at once, and then nothing is opened', async () => {
    const { code, told, addresses } = await run(
      ['anonymise', '--workers', '0', '--as-of', '2026-02-30', '--taken-at', 'noon'],
      {
        variables: { MAYFLY_ANONYMISE_KEY: 'short', MAYFLY_PASSPORT_KEY: 'no key' },
      },
    );

    expect({ code, addresses }).toEqual({ code: 2, addresses: [] });
    expect(told.map((line) => line.split(/ (is|FILE)/, 1)[0])).toEqual([
      '--database',
      '--config',
      '--workers',
      '--as-of',
      '--taken-at',
      '--passport',
      'MAYFLY_ANONYMISE_KEY',
      'MAYFLY_PASSPORT_KEY',
    ]);
  });

  it.each([
    ['a password in the URL', ['--database', `mysql://masker:${SECRET}@db/shop`]],
    ['a password as an option', ['--password', 'hunter2hunter2']],
    ['a password as a joined option', ['--password=hunter2hunter2']],
    ['a password as mysql takes it', ['-phunter2hunter2']],
    ['a key as an option', ['--key', 'hunter2hunter2']],
    ['a password that stands alone', ['hunter2hunter2']],
    ['a password in a URL that is none', ['--database', `mysql://masker:${SECRET}@[db/shop`]],
    ['a password as a number', ['--workers', 'hunter2hunter2']],
  ])('with %s is refused, and does not repeat it', async (_, args) => {
    const { code, out, told } = await run(['anonymise', '--config', rules, ...args, '--json']);

    expect(code).toBe(2);
    expect(out + told.join()).not.toContain('hunter2');
  });

  it.each([
    [['--database', 'mysql://db/shop'], '--database names no user'],
    [['--database', 'mysql://masker@db'], '--database names no database'],
    [['--database', 'postgres://masker@db/shop'], '--database is written as'],
    [['--database', 'mysql://masker@db/shop?ssl=no'], 'which would not be heeded'],
    [['--databse', URL_OF_SHOP], 'there is no option --databse: did you mean --database?'],
    [['--database', URL_OF_SHOP, '--database', URL_OF_SHOP], '--database is given twice'],
    [['--socket', '--json'], '--socket needs a value'],
    [['--json=yes'], '--json takes no value'],
  ])('with %j is refused', async (args, words) => {
    const { code, told } = await run(['anonymise', 'check', '--config', rules, ...args]);

    expect({ code, told: told.join('\n') }).toEqual({ code: 2, told: expect.stringContaining(words) });
  });

  it('names what was meant by a command that is none', async () => {
    expect(await run(['anonymise', 'chekc'])).toMatchObject({
      code: 2,
      told: ['there is no such command: did you mean mayfly anonymise check?'],
    });
    expect(await run([])).toMatchObject({ code: 2, told: [expect.stringContaining('mayfly anonymise init')] });
  });

  it('asks for help', async () => {
    expect(await run(['anonymise', '--help'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('mayfly anonymise init'),
    });
  });
});

describe('mayfly anonymise check', () => {
  it('needs no key, and says what is covered', async () => {
    expect(await run(['anonymise', 'check', ...target()], { variables: {} })).toMatchObject({
      code: 0,
      out: 'the rules cover 0 tables and 0 columns\n',
      addresses: [{ password: undefined }],
    });
  });

  it('ends with 1 and names what is not covered', async () => {
    const problems = ['`person.title` has no rule'];
    const anonymiser = fakeAnonymiser({ acts: { check: async () => ({ ok: false, problems }) } });
    const { code, out, told } = await run(['anonymise', 'check', ...target(), '--json'], { anonymiser });

    expect({ code, told }).toEqual({ code: 1, told: problems });
    expect(JSON.parse(out)).toMatchObject({ ok: false, problems });
  });
});

describe('mayfly anonymise init', () => {
  it('proposes on stdout, and names what waits for a person', async () => {
    expect(await run(['anonymise', 'init', '--database', URL_OF_SHOP, '--socket', '/run/db.sock'])).toMatchObject({
      code: 0,
      out: 'version: 1\n',
      told: [
        'this is a proposal: read every line of it before anything runs by it',
        'nothing runs by it until somebody has decided on what is marked TODO in it:',
        'person.pet: varchar(40)',
      ],
      addresses: [{ socket: '/run/db.sock' }],
    });
  });

  it('writes a file, and never over one', async () => {
    const output = join(directory, 'proposal.yml');
    const init = ['anonymise', 'init', '--database', URL_OF_SHOP, '--output', output];

    expect(await run(init)).toMatchObject({ code: 0, out: '' });
    expect(await readFile(output, 'utf8')).toBe('version: 1\n');
    expect(await run(init)).toMatchObject({ code: 1, told: [`${output} is there already, and is not written over`] });
  });
});

describe('mayfly anonymise abort', () => {
  const abort = async (aborted: Awaited<ReturnType<Anonymiser['abort']>>, more: readonly string[] = []) =>
    await run(['anonymise', 'abort', '--database', URL_OF_SHOP, ...more], {
      anonymiser: fakeAnonymiser({ acts: { abort: async () => aborted } }),
    });

  it('ends with 1, and says which tables are masked and that nobody must use them', async () => {
    expect(await abort({ masked: ['person'], partly: ['note', 'fee'], left: 'half-masked' })).toMatchObject({
      code: 1,
      out: '',
      told: [
        'the run is given up: triggers and rows are back, and what it masked or deleted stays so',
        'masked: person; partly masked: note, fee',
        'the data is half masked, and must not be used: restore the database',
      ],
    });
  });

  it('ends with 0 where nothing was changed, or there is no run', async () => {
    expect(await abort({ masked: [], partly: [], left: 'unchanged' })).toMatchObject({
      code: 0,
      told: ['the run is given up: it had changed nothing'],
    });
    expect(await abort(undefined)).toMatchObject({ code: 0, told: ['there is no run to give up'] });
  });

  it('says it to machines too', async () => {
    const { out } = await abort({ masked: ['person'], partly: [], left: 'masked' }, ['--json']);
    expect(JSON.parse(out)).toEqual({
      ok: false,
      wasThere: true,
      left: 'masked',
      masked: ['person'],
      partly: [],
    });
  });
});
