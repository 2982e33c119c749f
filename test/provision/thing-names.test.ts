import { describe, expect, it } from '@jest/globals';
import type { ResourceKind } from '../../src/domain/resource.ts';
import { resourceName } from '../../src/domain/resource-name.ts';
import { isNamedFor } from '../../src/provision/aws/estate/thing-names.ts';

const KINDS: readonly ResourceKind[] = [
  'target-group',
  'clone-cluster',
  'clone-instance',
  'service',
  'task-definition',
];
const ENVIRONMENTS = ['pr-7-3f9c', 'vol-1721', 'a-name-of-thirty-characters-xy'];
const SERVICES = [
  undefined,
  'api',
  'a-service-of-some-length',
  'a-name-beyond-sixty-three-characters-which-is-what-rds-takes',
  '1st',
  'Café',
];

describe('a name of a thing', () => {
  it.each(KINDS)(
    'is an environment’s when it is what Mayfly calls its own, cut to the limits of AWS or not: %s',
    (kind) => {
      for (const platform of ['mayfly', 'mayfly-dev', 'shop-ephemeral-eu']) {
        for (const environment of ENVIRONMENTS) {
          for (const service of SERVICES) {
            const named = { platform, environment: { name: environment }, kind, ...(service && { service }) };
            expect({ named, is: isNamedFor(resourceName(named), { platform, environment }) }).toEqual({
              named,
              is: true,
            });
          }
        }
      }
    },
  );

  it.each(KINDS)('is not when a platform whose name only begins like this one’s made it: %s', (kind) => {
    for (const environment of ENVIRONMENTS) {
      for (const service of SERVICES) {
        const named = { platform: 'mayfly-dev', environment: { name: environment }, kind, ...(service && { service }) };
        const is = isNamedFor(resourceName(named), { platform: 'mayfly', environment });
        expect({ named, is }).toEqual({ named, is: false });
      }
    }
  });

  it.each(['mayfly-pr-70-api', 'mayfly-pr-7x-api', 'mayfly-pr', 'mayfly-12345678', 'mayfly-dev-pr-7-api'])(
    'is not when it only begins like one: %s',
    (name) => {
      expect(isNamedFor(name, { platform: 'mayfly', environment: 'pr-7' })).toBe(false);
    },
  );

  it('is an environment’s that Terraform made, whose names all end in a digest', () => {
    const payments = { platform: 'mayfly', environment: 'payments' };
    expect(isNamedFor('mayfly-payments-0a1b2c3d', payments)).toBe(true);
    expect(isNamedFor('mayfly-payments-0a1b2c3d-1', payments)).toBe(true);
    expect(isNamedFor('mayfly-payments-web-0a1b2c3d', payments)).toBe(true);
  });
});
