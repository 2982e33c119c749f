import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseTemplate, referencesOf, renderTemplate } from '../../src/domain/template.ts';
import { environmentValues, knownReferences, referenceProblem } from '../../src/domain/template-reference.ts';

describe('parseTemplate', () => {
  it('tells text from references', () => {
    expect(parseTemplate('tcp://cache.${env.domain}:6379')).toEqual({
      ok: true,
      parts: [{ text: 'tcp://cache.' }, { reference: 'env.domain', at: 12 }, { text: ':6379' }],
    });
  });

  it.each([
    { template: '', text: '', reason: 'nothing' },
    { template: '$5 and $', text: '$5 and $', reason: 'a dollar by itself' },
    { template: '$${env.name}', text: '${env.name}', reason: 'an escape' },
    { template: '$$${env.name}', text: '$${env.name}', reason: 'a dollar before an escape' },
    { template: '{env.name}', text: '{env.name}', reason: 'no dollar' },
  ])('keeps $template as text ($reason)', ({ template, text }) => {
    expect(referencesOf(template)).toEqual([]);
    expect(renderTemplate(template, {})).toEqual({ ok: true, text });
  });

  it.each([
    { template: 'a${', at: 1, reason: 'an end that is missing' },
    { template: 'a${env.name', at: 1, reason: 'an end that is missing' },
    { template: '${}', at: 0, reason: 'nothing between' },
    { template: '${env}', at: 0, reason: 'one word' },
    { template: '${env.name | upper}', at: 0, reason: 'a pipe' },
    { template: '${1+1}', at: 0, reason: 'a sum' },
    { template: '${env.${pr.number}}', at: 0, reason: 'one in another' },
    { template: '${process.env["X"]}', at: 0, reason: 'code' },
  ])('refuses $template ($reason)', ({ template, at }) => {
    expect(parseTemplate(template)).toMatchObject({ ok: false, problems: [{ at }] });
    expect(() => renderTemplate(template, {})).toThrow(TypeError);
  });
});

describe('renderTemplate', () => {
  it('puts values in, and never looks into them', () => {
    expect(renderTemplate('${a.b}-${ a.b }', { 'a.b': '${c.d} $& $1' })).toEqual({
      ok: true,
      text: '${c.d} $& $1-${c.d} $& $1',
    });
  });

  it('lists what is still missing, each once', () => {
    expect(renderTemplate('${a.b}${c.d}${a.b}${e.f}', { 'c.d': '' })).toEqual({ ok: false, missing: ['a.b', 'e.f'] });
  });

  it('gives any text back that has been escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', 'a', '.', '\n') }), (text) => {
        fc.pre(!text.includes('$${'));
        expect(
          renderTemplate(
            text.replaceAll('${', () => '$${'),
            {},
          ),
        ).toEqual({ ok: true, text });
      }),
    );
  });
});

describe('knownReferences', () => {
  const scope = {
    internal: ['redis'],
    images: ['api', 'redis', 'migrate'],
    hosted: ['api'],
    refs: ['etl'],
    database: { named: true, master: true },
  };
  const known = knownReferences(scope);

  it.each([
    'env.name',
    'env.NAME',
    'env.slug',
    'env.SLUG',
    'env.domain',
    'env.zone',
    'env.expiresAt',
    'pr.number',
    'pr.headSha',
    'pr.headRef',
    'host.api',
    'image.api.tag',
    'image.migrate.tag',
    'image.tag',
    'db.endpoint',
    'db.readerEndpoint',
    'db.port',
    'db.name',
    'db.secretArn',
    'db.masterSecretArn',
    'service.redis.address',
    'ref.etl',
  ])('knows %s', (reference) => {
    expect(referenceProblem(reference, known)).toBeUndefined();
  });

  it.each([
    ['host.apo', 'there is no `host.apo` to refer to: did you mean `host.api`?'],
    ['env.nmae', 'there is no `env.nmae` to refer to: did you mean `env.name`?'],
    ['db.readerendpoint', 'there is no `db.readerendpoint` to refer to: did you mean `db.readerEndpoint`?'],
  ])('says what %s was meant to be', (reference, problem) => {
    expect(referenceProblem(reference, known)).toBe(problem);
  });

  it('has no address for a service that is not reached inside', () => {
    expect(known).not.toContain('service.api.address');
  });

  it.each(['db.endpoint', 'db.secretArn', 'db.masterSecretArn', 'image.api.tag'])(
    'cannot make a name of %s, which is known too late',
    (late) => {
      expect(referenceProblem(late, known, { forName: true })).toContain('is not known yet');
    },
  );

  it('knows nothing of a database that there is not, nor of a name it was not given', () => {
    expect(knownReferences({ ...scope, database: null }).filter((name) => name.startsWith('db.'))).toEqual([]);
    const nameless = knownReferences({ ...scope, database: { named: false, master: true } });
    expect(nameless).not.toContain('db.name');
  });

  it('knows nothing of the master user where the users of the source are inherited', () => {
    const inherited = knownReferences({ ...scope, database: { named: true, master: false } });
    expect(inherited).not.toContain('db.masterSecretArn');
    expect(inherited).toContain('db.secretArn');
  });
});

it('knows the environment in both cases before anything is made', () => {
  const values = environmentValues({
    environment: { id: 'a/b#7', pullRequest: { repository: 'a/b', number: 7 }, name: 'vol-7' },
    zone: 'ephemeral.example.gov.uk',
    expiresAt: new Date('2026-11-29T22:40:00Z'),
    headSha: 'ec021a6',
    headRef: 'VOL-1',
  });
  expect(values).toEqual({
    'env.name': 'vol-7',
    'env.NAME': 'VOL-7',
    'env.slug': 'vol-7',
    'env.SLUG': 'VOL-7',
    'env.domain': 'vol-7.ephemeral.example.gov.uk',
    'env.zone': 'ephemeral.example.gov.uk',
    'env.expiresAt': '2026-11-29T22:40:00Z',
    'pr.number': '7',
    'pr.headSha': 'ec021a6',
    'pr.headRef': 'VOL-1',
  });
});
