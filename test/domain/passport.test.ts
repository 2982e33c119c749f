import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type Passport, passportProblem, readPassport, signPassport } from '../../src/domain/passport.ts';

const passport: Passport = {
  version: 1,
  source: 'snapshot rds:prod-2026-11-25',
  takenAt: '2026-11-25T02:00:00Z',
  database: 'olcs',
  otherDatabases: [],
  ruleSet: 'a'.repeat(64),
  schema: 'b'.repeat(64),
  columns: [
    { table: 'person', column: 'forename', mask: 'fake given-name', reason: null },
    { table: 'person', column: 'id', mask: 'keep', reason: 'a number — “of ours” 🚛' },
  ],
  counts: [{ table: 'person', before: 12, after: 12 }],
  scan: { detectors: ['email'], columns: 2, rows: 12, findings: [] },
  checks: [{ name: 'foreign key fk_a of person', passed: true, detail: 'every row finds its parent' }],
  startedAt: '2026-11-26T02:00:00Z',
  finishedAt: '2026-11-26T03:00:00Z',
  madeBy: '0.1.0',
};

function keys() {
  return generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

describe('a signed passport', () => {
  const { publicKey, privateKey } = keys();

  it('is read as it was, after it was stored as JSON', () => {
    const stored = JSON.stringify(signPassport(passport, privateKey));
    expect(readPassport(JSON.parse(stored), publicKey)).toEqual(passport);
  });

  it('is nobody’s when any byte of it changed', () => {
    const { text, signature } = signPassport(passport, privateKey);
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(readPassport({ text: changed.toString(), signature }, publicKey)).toBeUndefined();
    }
  });

  it.each([
    ['longer', (text: string) => `${text} `],
    ['shorter', (text: string) => text.slice(0, -1)],
    ['empty', () => ''],
  ])('is nobody’s when it is %s', (_, change) => {
    const { text, signature } = signPassport(passport, privateKey);
    expect(readPassport({ text: change(text), signature }, publicKey)).toBeUndefined();
  });

  it('is nobody’s when its signature changed, is another’s or is missing', () => {
    const { text, signature } = signPassport(passport, privateKey);
    const other = signPassport({ ...passport, database: 'other' }, privateKey);
    const bytes = Buffer.from(signature, 'base64');
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    for (const wrong of [bytes.toString('base64'), other.signature, '', 'not base64 at all']) {
      expect(readPassport({ text, signature: wrong }, publicKey)).toBeUndefined();
    }
  });

  it('is refused under another key', () => {
    expect(readPassport(signPassport(passport, privateKey), keys().publicKey)).toBeUndefined();
  });
});

describe('what is wrong with a passport', () => {
  it('is nothing when all was looked at and nothing found', () => {
    expect(passportProblem(passport)).toBeUndefined();
  });

  it('is the first finding that nobody allowed, with table and column', () => {
    const findings = [
      { table: 'bus', column: 'code', detector: 'number plate', rows: 3, allowed: 'a route' },
      { table: 'note', column: 'text', detector: 'email', rows: 2, allowed: null },
    ];
    const problem = passportProblem({ ...passport, scan: { ...passport.scan, findings } });
    expect(problem).toBe('note.text holds what looks like email in 2 rows');
  });

  it('is what the schema itself says, with what says it', () => {
    const findings = [{ table: 'everybody', column: '(view)', detector: 'email', rows: 1, allowed: null }];
    expect(passportProblem({ ...passport, scan: { ...passport.scan, findings } })).toBe(
      'everybody (view) holds what looks like email',
    );
  });

  it('is nothing when somebody allowed every finding, and why', () => {
    const findings = [{ table: 'bus', column: 'code', detector: 'number plate', rows: 3, allowed: 'a route' }];
    expect(passportProblem({ ...passport, scan: { ...passport.scan, findings } })).toBeUndefined();
  });

  it('is a check that failed', () => {
    const checks = [{ name: 'rows of person', passed: false, detail: '11 of 12 rows are left' }];
    expect(passportProblem({ ...passport, checks })).toBe('rows of person: 11 of 12 rows are left');
  });
});
