import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Connection } from 'mysql2/promise';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { compileMask } from '../../../src/data/masks/compile-mask.ts';
import type { Mask } from '../../../src/data/rules/rule-set.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { column, connect, masked } from './try-mask.ts';

let server: MariaDbServer;
let connection: Connection;
beforeAll(async () => {
  server = await startMariaDb();
  connection = await connect(server);
}, 60_000);
afterAll(async () => {
  await connection?.end();
  await server?.stop();
});

describeOnMariaDb('json', () => {
  const texts: Mask = { kind: 'json', fields: [], others: 'text' };
  const fields: Mask = {
    kind: 'json',
    fields: [
      { path: '$.contact.email', mask: { kind: 'fake', of: 'email' } },
      { path: '$.people[*].name', mask: { kind: 'fake', of: 'given-name' } },
      { path: '$.ref', mask: { kind: 'keep', reason: 'a code' } },
    ],
    others: 'text',
  };
  const json = column('longtext', { kind: 'json' });

  it('replaces every text but keys of any document, and keeps its structure', async () => {
    const word = fc.oneof(
      fc.string({
        unit: fc.constantFrom(
          '"',
          '\\',
          ':',
          ',',
          '{',
          '}',
          '[',
          ']',
          ' ',
          '\n',
          '\t',
          'ŵ',
          '😀',
          '$1',
          '\\1',
          '\u0001',
        ),
      }),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    );
    const key = fc.oneof(fc.stringMatching(/^[a-z ]{1,8}$/), word);
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        word,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
      ),
    }));
    const property = fc.asyncProperty(fc.array(tree, { minLength: 60, maxLength: 60 }), async (documents) => {
      const originals = documents.map((document) => JSON.stringify(document));
      const values = await masked(connection, { column: json, mask: texts }, originals);
      expect(values.map((value) => JSON.parse(String(value)) as unknown)).toEqual(documents.map(filled));
    });
    await fc.assert(property, { numRuns: 8, endOnFailure: true });
  }, 60_000);

  it('leaves a key as it is written', async () => {
    const original = String.raw`{"pr\u00e9nom": "Si\u00f4n", "a\\": "b\\", "say \"hi\"": ["\": \"", "\\\"", ""], "\\\"": {"n\n": "x"}}`;
    const [value] = await masked(connection, { column: json, mask: texts }, [original]);
    expect(value).toBe(
      String.raw`{"pr\u00e9nom": "Lorem ipsum", "a\\": "Lorem ipsum", "say \"hi\"": ["Lorem ipsum", "Lorem ipsum", ""], "\\\"": {"n\n": "Lorem ipsum"}}`,
    );
  });

  it('masks fields by their paths, in arrays too, and keeps one that may stay', async () => {
    const original = {
      contact: { email: 'a@real.org', note: 'call "Aled"' },
      people: [{ name: 'Aled', age: 4 }, { name: 'Bethan' }, { name: null }, { name: '' }],
      ref: { code: 'X1', n: [1] },
    };
    const [value] = await masked(connection, { column: json, mask: fields }, [JSON.stringify(original)]);
    expect(JSON.parse(String(value))).toEqual({
      contact: { email: expect.stringMatching(/^u[0-9a-f]{24}@example\.com$/), note: 'Lorem ipsum' },
      people: [{ name: expect.any(String), age: 4 }, { name: expect.any(String) }, { name: null }, { name: '' }],
      ref: { code: 'X1', n: [1] },
    });
    expect(String(value)).not.toMatch(/Aled"|Bethan"|real/);
  });

  it('agrees with a column of the same domain', async () => {
    const mask: Mask = { kind: 'fake', of: 'town' };
    const plain = await masked(connection, { column: column('varchar(60)'), mask, domain: 'fake town' }, ['Bala']);
    const within: Mask = { kind: 'json', fields: [{ path: '$.town', mask }], others: { keep: 'a test' } };
    const [value] = await masked(connection, { column: json, mask: within }, ['{"town":"BALA","n":"stays"}']);
    expect(JSON.parse(String(value))).toEqual({ town: plain[0], n: 'stays' });
  });

  it('empties what is no document, or has more in it than is looked at', async () => {
    const long = JSON.stringify({ people: Array.from({ length: 25 }, () => ({ name: 'Aled' })) });
    const originals = ['{"contact":', 'Aled', long, '', null];
    expect(await masked(connection, { column: column('text'), mask: fields }, originals)).toEqual([
      null,
      null,
      null,
      '',
      null,
    ]);
    const strict = column('text', { nullable: false });
    expect(await masked(connection, { column: strict, mask: fields }, originals.slice(0, 4))).toEqual([
      '{}',
      '{}',
      '{}',
      '',
    ]);
  });

  it('empties what no longer fits', async () => {
    const short: Mask = {
      kind: 'json',
      fields: [{ path: '$.e', mask: { kind: 'fake', of: 'email' } }],
      others: 'text',
    };
    expect(await masked(connection, { column: column('varchar(20)'), mask: short }, ['{"e":"a@b.io"}'])).toEqual([
      null,
    ]);
  });

  it.each(['contact', '$', '$.a[*].b[*].c[*]', "$.a') --", '$..a'])('refuses the path %s', (path) => {
    const mask: Mask = { kind: 'json', fields: [{ path, mask: { kind: 'text' } }], others: 'text' };
    expect(compileMask({ table: 't', column: json, mask, domain: 'json' })).toEqual({
      problem: expect.stringContaining('is no path'),
    });
  });

  function filled(document: unknown): unknown {
    if (typeof document === 'string') {
      return document === '' ? '' : 'Lorem ipsum';
    }
    if (Array.isArray(document)) {
      return document.map(filled);
    }
    return typeof document === 'object' && document !== null
      ? Object.fromEntries(Object.entries(document).map(([key, value]) => [key, filled(value)]))
      : document;
  }
});

describeOnMariaDb('xml', () => {
  const mask: Mask = {
    kind: 'xml',
    fields: [
      { path: '/licence/holder', mask: { kind: 'fake', of: 'company' } },
      { path: '/licence/@number', mask: { kind: 'fake', of: 'licence-number' } },
    ],
    others: 'text',
  };
  const of = column('text');

  it('masks elements and attributes, and replaces every other text', async () => {
    const original = `<?xml version="1.0"?><!-- Aled --><licence xmlns:v="urn:v" number="OB1234567" by='Aled "A"'>
      <holder since="1999">Aled &amp; Sons</holder><v:note>call <b>Aled</b> now</v:note><![CDATA[Aled]]></licence>`;
    const [value] = await masked(connection, { column: of, mask }, [original]);
    expect(String(value)).not.toMatch(/Aled|Sons|OB1234567|1999|call/);
    expect(String(value)).toMatch(/<licence xmlns:v="urn:v" number="ZB\d{7}" by="Lorem">/);
    expect(String(value)).toMatch(
      /<holder>[A-Za-z ]+<\/holder><v:note>Lorem ipsum<b>Lorem ipsum<\/b>Lorem ipsum<\/v:note>/,
    );
  });

  it('replaces all texts where a path names several elements', async () => {
    const original = '<licence><holder>Aled</holder><holder>Bethan</holder><n>5</n></licence>';
    const kept: Mask = { ...mask, others: { keep: 'a test' } };
    const expected = '<licence><holder>Lorem ipsum</holder><holder>Lorem ipsum</holder><n>Lorem ipsum</n></licence>';
    expect(await masked(connection, { column: of, mask: kept }, [original])).toEqual([expected]);
    const [one] = await masked(connection, { column: of, mask: kept }, [
      '<licence><holder>Aled</holder><n>5</n></licence>',
    ]);
    expect(one).toMatch(/^<licence><holder>[A-Za-z ]+<\/holder><n>5<\/n><\/licence>$/);
  });

  it.each([
    '<licence><holder>Aled</licence>',
    'Aled',
    'Aled <b>x</b>',
    '<a t="x>Aled"><b>y</b></a>',
    '<a/>Aled',
    '<a>Aled</a><b/>',
  ])('lets nothing of %j through', async (original) => {
    const [value] = await masked(connection, { column: of, mask }, [original]);
    expect(String(value)).not.toContain('Aled');
  });

  it('keeps NULL and the empty text', async () => {
    expect(await masked(connection, { column: of, mask }, [null, ''])).toEqual([null, '']);
  });
});
