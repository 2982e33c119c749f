import { describe, expect, it } from '@jest/globals';
import { delegationProblem } from '../../../tools/environment/delegation.ts';

const zone = 'ephemeral.example.gov.uk';
const nameServers = ['ns-1.awsdns-01.com', 'ns-2.awsdns-02.org'];

function failing(code: string): () => Promise<string[]> {
  return async () => await Promise.reject(Object.assign(new Error(code), { code }));
}

describe('the delegation of a zone', () => {
  it('is there when the world is sent to one of its name servers', async () => {
    const resolveNameServers = async () => ['NS-2.awsdns-02.org.'];
    expect(await delegationProblem({ zone, nameServers, resolveNameServers })).toBeUndefined();
  });

  it.each([
    ['nobody knows the zone', failing('ENOTFOUND')],
    ['its parent has no NS record', failing('ENODATA')],
    ['it leads to the name servers of a zone that is gone', async () => ['ns-9.awsdns-09.net']],
  ])('is missing when %s', async (_case, resolveNameServers) => {
    expect(await delegationProblem({ zone, nameServers, resolveNameServers })).toBe(
      'The zone ephemeral.example.gov.uk is not delegated: its parent needs an NS record for it with ns-1.awsdns-01.com, ns-2.awsdns-02.org.',
    );
  });

  it('is taken to be there when no resolver answers, which says nothing of the zone', async () => {
    expect(await delegationProblem({ zone, nameServers, resolveNameServers: failing('ETIMEOUT') })).toBeUndefined();
  });
});
