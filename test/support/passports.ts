import { generateKeyPairSync } from 'node:crypto';
import type { Passport } from '../../src/domain/passport.ts';

export interface PassportKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

export function passportKeys(): PassportKeys {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { publicKey, privateKey };
}

/** One that lets its source be cloned. */
export function goodPassport(source: string, overrides: Partial<Passport> = {}): Passport {
  return {
    version: 1,
    source,
    takenAt: '2026-11-20T02:00:00Z',
    database: 'vol',
    otherDatabases: [],
    ruleSet: 'a'.repeat(64),
    schema: 'b'.repeat(64),
    columns: [{ table: 'person', column: 'family_name', mask: 'fake family-name', reason: null }],
    counts: [{ table: 'person', before: 3, after: 3 }],
    scan: { detectors: ['email'], columns: 1, rows: 3, findings: [] },
    checks: [],
    startedAt: '2026-11-20T03:00:00Z',
    finishedAt: '2026-11-20T04:00:00Z',
    madeBy: '0.1.0',
    ...overrides,
  };
}
