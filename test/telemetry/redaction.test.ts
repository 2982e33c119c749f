import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createRedactor, maskCredentials } from '../../src/telemetry/redaction.ts';

describe('what this process was told in confidence', () => {
  const secret = 'pässword with "quotes" & a/slash';
  const redact = createRedactor([secret, 'short', '']);

  it.each([
    ['as it is', secret],
    ['in JSON', JSON.stringify({ a: secret })],
    ['in a URL', `https://example.com/?a=${encodeURIComponent(secret)}`],
    ['in base64', Buffer.from(secret).toString('base64')],
  ])('is taken out %s', (_where, text) => {
    const shown = redact(text);
    expect(shown).toContain('[redacted]');
    expect(shown).not.toContain('slash');
    expect(shown).not.toContain(Buffer.from('quotes').toString('base64').slice(0, 6));
  });

  it('is taken out line by line where it is a key', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    const withoutLineEnds = pem.replaceAll('\n', ' ');
    const shown = createRedactor([pem])(`${withoutLineEnds}${JSON.stringify({ pem })}`);
    for (const line of pem.split('\n').filter((each) => each.length >= 8 && !each.startsWith('-----'))) {
      expect(shown).not.toContain(line);
    }
  });

  it('is nothing so short that any word could be it', () => {
    expect(redact('a short text')).toBe('a short text');
  });
});

describe('what looks like a credential', () => {
  it.each([
    // secretlint-disable-next-line @secretlint/secretlint-rule-database-connection-string -- made up
    ['postgres://mayfly:hunter2@db.example:5432/mayfly', 'postgres://mayfly:[redacted]@db.example:5432/mayfly'],
    ['postgres://mayfly@db.example:5432/mayfly', 'postgres://mayfly@db.example:5432/mayfly'],
    ['http://127.0.0.1:3000/a', 'http://127.0.0.1:3000/a'],
    ['key ASIAQWERTYUIOPASDFGH', 'key [redacted]'],
    ['task-definition token bucket', 'task-definition token bucket'],
  ])('is masked in %s', (text, shown) => {
    expect(maskCredentials(text)).toBe(shown);
  });
});
