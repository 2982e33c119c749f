import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { certificateCovers, certificateFor, uncoveredHosts } from '../../src/domain/certificates.ts';
import { TerminalError } from '../../src/domain/failure.ts';

const zone = 'ephemeral.example.gov.uk';

describe('certificateCovers', () => {
  it.each([
    { name: `*.${zone}`, host: `api.${zone}`, covers: true, reason: 'one label' },
    { name: `*.${zone}`, host: `api.pr-7.${zone}`, covers: false, reason: 'two labels' },
    { name: `*.${zone}`, host: zone, covers: false, reason: 'no label' },
    { name: zone, host: zone, covers: true, reason: 'the same name' },
    { name: zone, host: `api.${zone}`, covers: false, reason: 'no wildcard' },
    { name: `*.${zone}`, host: `api.x${zone}`, covers: false, reason: 'another domain that ends alike' },
    { name: `*.EPHEMERAL.example.gov.uk`, host: `API.${zone}`, covers: true, reason: 'case does not count' },
    { name: `*.api.${zone}`, host: `pr-7.api.${zone}`, covers: true, reason: 'the environment below its service' },
    { name: `*.api.${zone}`, host: `pr-7.web.${zone}`, covers: false, reason: 'another service' },
    { name: '*.uk', host: 'uk', covers: false, reason: 'no dot' },
  ])('is $covers for $host under $name: $reason', ({ name, host, covers }) => {
    expect(certificateCovers(['other.example.com', name], host)).toBe(covers);
  });
});

it('lists the hosts for which the listener has no certificate', () => {
  const hosts = [`api.pr-7.${zone}`, `pr-7.${zone}`, `api-pr-7.${zone}`];
  expect(uncoveredHosts([`*.${zone}`], hosts)).toEqual([`api.pr-7.${zone}`]);
});

describe('certificateFor', () => {
  it('asks for the domain of the environment and everything one label below it', () => {
    expect(certificateFor('pr-7', zone, [`api.pr-7.${zone}`, `web.pr-7.${zone}`])).toEqual({
      domainName: `pr-7.${zone}`,
      alternativeNames: [`*.pr-7.${zone}`],
    });
  });

  it('names hosts beside the environment one by one, and no wildcard that others would share', () => {
    expect(certificateFor('pr-7', zone, [`web-pr-7.${zone}`, `api-pr-7.${zone}`])).toEqual({
      domainName: `api-pr-7.${zone}`,
      alternativeNames: [`web-pr-7.${zone}`],
    });
  });

  it('refuses a zone so long that no name can come first', () => {
    const long = `${'a'.repeat(60)}.example.com`;
    expect(() => certificateFor('pr-7', long, [`api.pr-7.${long}`])).toThrow(TerminalError);
  });

  it('covers every host it was asked for, and none of another environment', () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/);
    const host = fc.oneof(
      label.map((prefix) => `${prefix}.pr-7.${zone}`),
      label.map((prefix) => `${prefix}-pr-7.${zone}`),
      label.map((prefix) => `${prefix}.${prefix}.pr-7.${zone}`),
    );
    fc.assert(
      fc.property(fc.array(host, { minLength: 1, maxLength: 6 }), (hosts) => {
        const { domainName, alternativeNames } = certificateFor('pr-7', zone, hosts);
        const names = [domainName, ...alternativeNames];
        expect(uncoveredHosts(names, hosts)).toEqual([]);
        expect(certificateCovers(names, `api.pr-8.${zone}`)).toBe(false);
        expect(certificateCovers(names, `api-pr-8.${zone}`)).toBe(false);
        expect(domainName.length).toBeLessThanOrEqual(64);
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });
});
