import type { ChangeInfo, GetChangeRequest, GetChangeResponse } from '@aws-sdk/client-route-53';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import type { ZoneChange } from './state.ts';

/** A change is PENDING until all name servers have it: then `reachServers` runs and it is INSYNC. */
export function beginChange(world: World, comment: string | undefined, reachServers: () => void): ChangeInfo {
  const change: ZoneChange = {
    id: `C${world.uniqueHex(20).toUpperCase()}`,
    submittedAt: world.clock.now(),
    comment,
    status: 'PENDING',
  };
  world.route53.changes.set(change.id, change);
  world.clock.after(world.durations.dnsInSync, () => {
    change.status = 'INSYNC';
    reachServers();
  });
  return describe(change);
}

export function getChange(world: World, { Id = '' }: GetChangeRequest): GetChangeResponse {
  const change = world.route53.changes.get(Id.replace(/^\/?change\//, ''));
  if (!change) {
    throw new Refusal('NoSuchChange', `A change with the specified change ID ${Id} does not exist.`);
  }
  return { ChangeInfo: describe(change) };
}

function describe({ id, status, submittedAt, comment }: ZoneChange): ChangeInfo {
  return {
    Id: `/change/${id}`,
    Status: status,
    SubmittedAt: submittedAt,
    ...(comment === undefined ? {} : { Comment: comment }),
  };
}
