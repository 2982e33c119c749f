import type { SourceVersion } from '../../domain/source.ts';
import type { SourceLook } from './ports.ts';
import { failing, going, type SourcePass, type Stepped, waiting } from './stepping.ts';

/** The cluster and its instance, beside whatever is in service. */
export async function restore(version: SourceVersion, pass: SourcePass): Promise<Stepped> {
  const look = await pass.ports.clusters.ensure(version);
  const now = pass.ports.clock.now();
  if (look.state === 'no-snapshot') {
    // Nothing was made of it, so nothing failed: whoever asked is served with the newest that is there.
    const message = `the snapshot ${version.snapshot.arn} was deleted before it was restored`;
    return { version: { ...version, message, retiredAt: now, goneAt: now }, waits: true };
  }
  const unready = untilReady(look, version, now);
  if (unready) {
    return unready;
  }
  const { resourceId } = look as Extract<SourceLook, { state: 'ready' }>;
  return going(version, { resourceId, clusterAt: version.clusterAt ?? now, instanceAt: version.instanceAt ?? now });
}

/** What follows from a look at a cluster that cannot be used now; undefined when it can. */
export function untilReady(look: SourceLook, version: SourceVersion, now: Date): Stepped | undefined {
  switch (look.state) {
    case 'ready':
      return undefined;
    case 'pending':
      return waiting(
        look.resourceId === null
          ? version
          : { ...version, resourceId: look.resourceId, clusterAt: version.clusterAt ?? now },
        look.waitingFor,
      );
    case 'no-snapshot':
    case 'lost':
      return failing(version, {
        at: now,
        reason: 'ClusterLost',
        message: `The cluster ${version.id} is not there any more, or another stands under its name. Nobody but Mayfly may delete it; ask for a refresh.`,
      });
  }
}

/** Production's password opens what was restored, until it is given another. */
export async function changePassword(version: SourceVersion, { ports }: SourcePass): Promise<Stepped> {
  await ports.clusters.setPassword(version.id);
  return going(version, { passwordAt: ports.clock.now() });
}
