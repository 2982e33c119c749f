import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SIGNING_KEY } from './support/fake-anonymiser.ts';
import { startProgram } from './support/program.ts';

// Each starts a process, which takes its time on a busy machine.
jest.setTimeout(60_000);

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mayfly-cli-'));
  await writeFile(join(directory, 'rules.yml'), 'version: 1\n');
});
afterEach(async () => await rm(directory, { recursive: true, force: true }));

const VARIABLES = { MAYFLY_ANONYMISE_KEY: 'k'.repeat(32), MAYFLY_PASSPORT_KEY: SIGNING_KEY };

/** Says the packages that a process comes to load. */
const LOADED = `import { registerHooks } from 'node:module';
registerHooks({ resolve(name, context, next) { process.stderr.write('loads ' + name + '\\n'); return next(name, context); } });`;
const WATCHED = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(LOADED)}` };

describe('the program', () => {
  it('loads no Postgres to mask, and no MySQL to ask for a source', async () => {
    const target = ['--config', join(directory, 'rules.yml'), '--database', 'mysql://masker@127.0.0.1:1/shop'];
    const masking = startProgram('src/cli.ts', ['anonymise', 'init', ...target.slice(2)], WATCHED);
    await masking.ended();
    expect(masking.stderr()).toContain('loads mysql2');
    expect(masking.stderr()).not.toMatch(/^loads (pg|pg-boss|kysely|@electric-sql\/pglite|@aws-sdk\/.*)$/m);

    const asking = startProgram('src/cli.ts', ['source', 'status'], {
      ...WATCHED,
      DATABASE_URL: 'postgres://mayfly@127.0.0.1:1/mayfly',
    });
    expect(await asking.ended()).toBe(75);
    expect(asking.stderr()).toContain('loads pg\n');
    expect(asking.stderr()).not.toMatch(/^loads (mysql2.*|probot|@aws-sdk\/.*)$/m);
  });

  it('says in a line which Node it needs, to one that reads no TypeScript', async () => {
    const older = startProgram('bin/mayfly.js', ['--help'], { NODE_OPTIONS: '--no-experimental-strip-types' });
    expect(await older.ended()).toBe(1);
    expect(older.stdout()).toBe('');
    expect(older.stderr()).toBe(
      `mayfly runs on Node 24, and this is ${process.version}: in a checkout, npm ci installs one as node_modules/.bin/node, and npx mayfly takes that\n`,
    );

    const right = startProgram('bin/mayfly.js', ['--help'], {});
    expect(await right.ended()).toBe(0);
    expect(right.stdout()).toContain('mayfly source passport');
  });

  it('ends with 2 and one page of how to call it when it is called with nothing', async () => {
    const program = startProgram('src/cli.ts', [], {});

    expect(await program.ended()).toBe(2);
    expect(program.stderr()).toContain('mayfly anonymise check');
    expect(program.stdout()).toBe('');
  });

  it('ends with 1 and a line for each problem of a rule file', async () => {
    const rules = join(directory, 'wrong.yml');
    await writeFile(rules, 'version: 2\ntables: []\n');
    const target = ['--config', rules, '--database', 'mysql://masker@127.0.0.1/shop'];
    const program = startProgram('src/cli.ts', ['anonymise', 'check', ...target], {});

    expect(await program.ended()).toBe(1);
    expect(
      program
        .stderr()
        .split('\n')
        .map((line) => line.split(': ', 1)[0]),
    ).toEqual([`${rules}:1:10`, `${rules}:2:1`, '']);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends after a chunk on %s, with %d', async (signal, code) => {
    const target = ['--config', join(directory, 'rules.yml'), '--database', 'mysql://masker@127.0.0.1/shop', '--json'];
    const program = startProgram('test/cli/fake-program.ts', ['anonymise', ...target], VARIABLES);
    await program.says('masking person', 'stderr');

    expect(await program.ended(signal)).toBe(code);
    expect(program.stderr()).toContain('interrupted: the same command goes on where this one ended');
    expect(JSON.parse(program.stdout())).toMatchObject({ ok: false, exitCode: code });
  });
});
