import { describe, expect, it } from '@jest/globals';
import { parseImageName, repositoryOf } from '../../src/domain/image-reference.ts';

const digest = `sha256:${'a'.repeat(64)}`;

describe('parseImageName', () => {
  it.each([
    { text: 'api', name: { origin: 'registry', name: 'api', tag: null } },
    { text: 'team/api', name: { origin: 'registry', name: 'team/api', tag: null } },
    { text: 'gotenberg:latest', name: { origin: 'registry', name: 'gotenberg', tag: 'latest' } },
    { text: 'liquibase:${ref.etl}', name: { origin: 'registry', name: 'liquibase', tag: '${ref.etl}' } },
    {
      text: 'public.ecr.aws/docker/library/redis:7',
      name: { origin: 'external', reference: 'public.ecr.aws/docker/library/redis:7' },
    },
    { text: 'localhost:5000/x:1', name: { origin: 'external', reference: 'localhost:5000/x:1' } },
    { text: `ghcr.io/a/b@${digest}`, name: { origin: 'external', reference: `ghcr.io/a/b@${digest}` } },
  ])('reads $text', ({ text, name }) => {
    expect(parseImageName(text)).toEqual(name);
  });

  it.each([
    ['', 'nothing'],
    ['API', 'upper case'],
    ['api:', 'an empty tag'],
    ['api latest', 'a space'],
    ['ghcr.io/a/b', 'a full reference without a tag'],
    ['ghcr.io/a/b@sha256:12', 'half a digest'],
    ['localhost:5000/x', 'a port that is no tag'],
    ['-x', 'a hyphen in front'],
    ['api:\u0000', 'a tag that no registry has'],
    ['api:a/b', 'a tag that is a path'],
  ])('refuses %j: %s', (text) => {
    expect(parseImageName(text)).toBeUndefined();
  });
});

describe('repositoryOf', () => {
  const platformRegistry = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';

  it.each([
    { registry: null, registryHost: platformRegistry, repository: 'api', reason: "the platform's registry" },
    { registry: 'vol-app', registryHost: platformRegistry, repository: 'vol-app/api', reason: 'a path in it' },
    { registry: 'ghcr.io/dvsa', registryHost: 'ghcr.io', repository: 'dvsa/api', reason: 'another registry' },
    { registry: 'ghcr.io', registryHost: 'ghcr.io', repository: 'api', reason: 'another registry without a path' },
  ])('is $repository under $registry: $reason', ({ registry, registryHost, repository }) => {
    expect(repositoryOf('api', { registry, platformRegistry })).toEqual({ registry: registryHost, repository });
  });
});
