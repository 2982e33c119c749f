import { randomBytes } from 'node:crypto';
import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { readings, textOf } from '../../../src/data/detect/readings.ts';

const SAID = 'write to siân@haulage.co.uk or ring 07911 123456';

describe('what a text may be read as', () => {
  it.each([
    ['as it is', 'a plain text of the application', []],
    ['entities of HTML', 'sian&#64;haulage.co.uk &amp; sian&#x40;a.uk', ['sian@haulage.co.uk & sian@a.uk']],
    ['a part of an address', 'q=john%40haulage.co.uk&n=5%', ['q=john@haulage.co.uk&n=5%']],
    ['base64', Buffer.from(SAID).toString('base64'), [SAID]],
    ['base64 for addresses, within a text', `token ${Buffer.from(SAID).toString('base64url')};`, [SAID]],
    ['a digest', 'd41d8cd98f00b204e9800998ecf8427e 550e8400-e29b-41d4-a716-446655440000', []],
    ['a long word', 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch', []],
    ['a key', 'AAAAB3NzaC1yc2EAAAADAQABAAABgQC7abcdefgh', []],
    ['a date with percents', '100% of 20% at 5%25', ['100% of 20% at 5%']],
  ])('%s', (_, text, expected) => {
    expect(readings(text)).toEqual(expected);
  });

  it('is nothing else for random bytes', () => {
    for (let n = 0; n < 2000; n += 1) {
      expect(readings(randomBytes(24).toString('base64'))).toEqual([]);
      expect(textOf(Buffer.concat([randomBytes(40), Buffer.from([0xff, 0])]))).toBeUndefined();
    }
  });

  it('takes no longer for a text made to be slow', () => {
    const started = performance.now();
    for (const text of ['%4'.repeat(100_000), '&#'.repeat(100_000), 'a'.repeat(300_000), 'QUJD'.repeat(80_000)]) {
      readings(text);
    }
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe('bytes that are text', () => {
  it.each([
    ['UTF-8', Buffer.from(SAID)],
    ['UTF-8 that was cut within a character', Buffer.concat([Buffer.from(SAID), Buffer.from('ŵ').subarray(0, 1)])],
    ['latin1', Buffer.from(SAID, 'latin1')],
    ['UTF-16', Buffer.from(SAID, 'utf16le')],
    ['UTF-16 with the greater byte first', Buffer.from(SAID, 'utf16le').swap16()],
    ['what COMPRESS() of the server makes', Buffer.concat([Buffer.from([SAID.length, 0, 0, 0]), deflateSync(SAID)])],
    ['gzip', gzipSync(SAID)],
  ])('are read where they are %s', (_, bytes) => {
    expect(textOf(bytes)).toContain(SAID);
  });

  it.each([
    ['an image', Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(40, 7)])],
    ['a number', Buffer.from([0, 0, 0, 7])],
    ['a UUID', Buffer.from('550e8400e29b41d4a716446655440000', 'hex')],
    ['what only begins like gzip', Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), Buffer.alloc(40, 0xee)])],
    ['nothing', Buffer.alloc(0)],
  ])('are none where they are %s', (_, bytes) => {
    expect(textOf(bytes) ?? '').toBe('');
  });
});
