import { describe, expect, it } from '@jest/globals';
import { EXIT } from '../../src/cli/exit-code.ts';
import { type Passport, readPassport, type SignedPassport, signPassport } from '../../src/domain/passport.ts';
import type { SourceStore } from '../../src/reconcile/source/source-store.ts';
import { createMemorySources } from '../support/memory-sources.ts';
import { goodPassport, passportKeys } from '../support/passports.ts';
import { passportOf, runSource, SOURCE_NOW, sourceKeys, sourceVersion } from '../support/source-command.ts';

const PASSPORT = goodPassport('source-2', {
  columns: [
    { table: 'person', column: 'family_name', mask: 'fake family-name', reason: null },
    { table: 'person', column: 'id', mask: 'keep', reason: 'a number of the application' },
    { table: 'audit', column: 'text', mask: 'text', reason: null },
  ],
  counts: [
    { table: 'audit', before: 1200, after: 0 },
    { table: 'person', before: 3, after: 3 },
  ],
  scan: {
    detectors: ['email', 'card'],
    columns: 2,
    rows: 3,
    findings: [{ table: 'person', column: 'id', detector: 'card', rows: 1, allowed: 'numbers run that high' }],
  },
  checks: [{ name: 'foreign key fk_audit_person', passed: true, detail: '' }],
  madeBy: 'mayfly 0.1.0',
});

const signed = (passport: Passport): SignedPassport => signPassport(passport, sourceKeys.privateKey);

async function serving(passport: SignedPassport | null): Promise<SourceStore> {
  const store = createMemorySources();
  const replacedAt = new Date('2026-11-22T03:00:00Z');
  const before = { servedAt: new Date('2026-11-21T03:00:00Z'), replacedAt, goneAt: SOURCE_NOW };
  await store.begin(sourceVersion('source-1', { ...before, passport: passportOf('source-1') }));
  await store.begin(sourceVersion('source-2', { servedAt: replacedAt, passport }));
  return store;
}

describe('mayfly source passport', () => {
  it('says what was done with the source in service, by which rules, and what was found in it', async () => {
    const { code, out, closed } = await runSource(['passport'], { store: await serving(signed(PASSPORT)) });

    expect({ code, closed }).toEqual({ code: EXIT.done, closed: 1 });
    expect(out.trimEnd().split('\n')).toEqual([
      'passport of source-2 (data of 2026-11-20, in-service): good, and signed with the key of the platform',
      'source: source-2, taken at 2026-11-20T02:00:00Z',
      'database: vol',
      'beside it on the server: no other database',
      `rules: SHA-256 ${'a'.repeat(64)}`,
      `schema: SHA-256 ${'b'.repeat(64)}`,
      'made: by mayfly 0.1.0, from 2026-11-20T03:00:00Z to 2026-11-20T04:00:00Z (1 h)',
      'coverage: 3 columns of 2 tables, 2 masked and 1 kept with a reason',
      'table audit: 1 masked, 0 kept; 0 rows, of 1200 before',
      'table person: 1 masked, 1 kept; 3 rows, of 3 before',
      'scan: 2 columns and 3 rows were looked at for email, card; 1 finding, 1 of them allowed',
      'finding: person.id holds what looks like card in 1 row; allowed: numbers run that high',
      'checks: 1 of 1 passed',
    ]);
  });

  it('says how far it was looked, what was not compared, what to look at again, and what else the server holds', async () => {
    const { scan } = PASSPORT;
    const tables = [
      { table: 'audit', rows: 0, of: 0, cut: 0, marked: 40 },
      { table: 'person', rows: 2, of: 3, cut: 1, marked: 3 },
    ];
    const wide = {
      ...PASSPORT,
      otherDatabases: [
        { name: 'reports', reason: 'sums alone' },
        { name: 'old', reason: null },
      ],
      cases: [
        {
          table: 'person',
          column: 'family_name',
          cases: [
            { when: "country = 'GB'", mask: 'fake family-name', values: 0 },
            { when: null, mask: 'text', values: 3 },
          ],
        },
      ],
      scan: { ...scan, tables, uncompared: [{ table: 'audit', column: 'text', reason: 'it is a document' }] },
    };
    const { out } = await runSource(['passport'], { store: await serving(signed(wide)) });

    for (const line of [
      'beside it on the server: reports (sums alone), old (nobody said why it may stay)',
      'table audit: 1 masked, 0 kept; 0 rows, of 1200 before; 0 of 0 looked at, names marked of 40 rows',
      'table person: 1 masked, 1 kept; 3 rows, of 3 before; 2 of 3 looked at, 1 value not to the end, names marked of 3 rows',
      `look again at person.family_name: of 3 values none met the case "country = 'GB'" (fake family-name)`,
      'not compared with the original: audit.text: it is a document',
    ]) {
      expect(out.split('\n')).toContain(line);
    }
    const older = { ...PASSPORT, otherDatabases: undefined } as unknown as Passport;
    expect((await runSource(['passport'], { store: await serving(signed(older)) })).out).toContain(
      'beside it on the server: not known\n',
    );
  });

  it('hands over the signed text itself, so that others can verify it', async () => {
    const { code, out } = await runSource(['passport', '--json'], { store: await serving(signed(PASSPORT)) });

    const document = JSON.parse(out) as { signed: SignedPassport; publicKey: string };
    expect(code).toBe(EXIT.done);
    expect(document).toMatchObject({
      ok: true,
      source: 'source-2',
      state: 'in-service',
      passport: { state: 'good', problem: null },
    });
    expect(document.publicKey).toBe(sourceKeys.publicKey);
    expect(readPassport(document.signed, document.publicKey)).toEqual(PASSPORT);
  });

  it('says it of any other source by its name, of one that is gone too', async () => {
    const { code, out } = await runSource(['passport', 'source-1'], { store: await serving(signed(PASSPORT)) });

    expect(code).toBe(EXIT.done);
    expect(out).toContain('passport of source-1 (data of 2026-11-20, gone): good');
  });

  it('ends with 1 where somebody else signed it, and says so before anything that it claims', async () => {
    const stranger = signPassport(PASSPORT, passportKeys().privateKey);
    const store = await serving(stranger);
    const { code, out } = await runSource(['passport'], { store });

    expect(code).toBe(EXIT.mend);
    expect(out.split('\n')[0]).toBe(
      'passport of source-2 (data of 2026-11-20, in-service): bad: it has a passport that is not signed with the key of the platform',
    );
    expect(JSON.parse((await runSource(['passport', '--json'], { store })).out)).toMatchObject({
      ok: false,
      passport: { state: 'bad' },
      signed: stranger,
    });
  });

  it('names what was found and what failed in one that lets nobody clone it', async () => {
    const leaking = signed({
      ...PASSPORT,
      scan: {
        ...PASSPORT.scan,
        findings: [{ table: 'note', column: 'text', detector: 'email', rows: 12, allowed: null }],
      },
      checks: [{ name: 'unique key u', passed: false, detail: '2 rows are the same' }],
    });
    const { code, out } = await runSource(['passport'], { store: await serving(leaking) });

    expect(code).toBe(EXIT.mend);
    expect(out).toContain('is not proven: note.text holds what looks like email in 12 rows');
    expect(out).toContain('finding: note.text holds what looks like email in 12 rows; nobody allowed it\n');
    expect(out).toContain('checks: 0 of 1 passed\nfailed: unique key u: 2 rows are the same\n');
  });

  it('shows one whose key it does not know, and calls it neither good nor bad', async () => {
    const { code, out } = await runSource(['passport'], {
      store: await serving(signed(PASSPORT)),
      desk: { policy: undefined },
    });

    expect(code).toBe(EXIT.done);
    expect(out).toContain('(data of 2026-11-20, in-service): its passport was not checked');
    expect(out).toContain('database: vol');
  });

  it.each([
    ['no JSON', 'nonsense'],
    ['another document', '{"columns":[null]}'],
    ['nothing', 'null'],
  ])('says that nobody can read a text that is %s', async (_, text) => {
    const { code, out } = await runSource(['passport'], { store: await serving({ text, signature: 'AAAA' }) });

    expect(code).toBe(EXIT.mend);
    expect(out.trimEnd().split('\n').at(-1)).toBe('its text is no passport that this Mayfly can read');
  });

  it('lets no character of a passport move a cursor', async () => {
    const { out } = await runSource(['passport'], {
      store: await serving(signed({ ...PASSPORT, database: 'vol\u001b[2J\nfinding: none' })),
    });

    expect(out).toContain('database: vol [2J finding: none\n');
    expect(out).not.toContain('\u001b');
  });

  it.each([
    ['a source that has none', ['passport'], 'source-2 has no passport'],
    [
      'a source that is not there',
      ['passport', 'source-9'],
      'there is no such source: mayfly source status names those that are there',
    ],
  ])('ends with 1 for %s', async (_, args, line) => {
    const { code, told, out } = await runSource(args, { store: await serving(null) });

    expect({ code, told, out }).toEqual({ code: EXIT.mend, told: [line], out: '' });
  });

  it('ends with 1 while none that Mayfly made is in service', async () => {
    const { code, told } = await runSource(['passport']);

    expect({ code, told }).toEqual({
      code: EXIT.mend,
      told: ['no source that Mayfly made is in service: name one, as mayfly source passport NAME'],
    });
  });

  it('takes one name, and the other commands none', async () => {
    expect((await runSource(['passport', 'source-1', 'source-2'])).code).toBe(EXIT.usage);
    expect((await runSource(['passport', '--json', 'source-1', 'source-2'])).code).toBe(EXIT.usage);
    expect((await runSource(['status', 'source-1'])).code).toBe(EXIT.usage);
    expect((await runSource(['status', '--json', 'source-1'])).code).toBe(EXIT.usage);
  });

  it('takes the name behind the options too', async () => {
    const { out } = await runSource(['passport', '--json', 'source-1'], { store: await serving(null) });

    expect(JSON.parse(out)).toMatchObject({ ok: true, source: 'source-1', state: 'gone' });
  });
});
