import { environmentId } from '../../src/domain/environment.ts';
import type { EnvironmentRecord, ResourceRecord } from '../../src/reconcile/store.ts';
import type { LocalCloud } from '../local/local-cloud.ts';

/**
 * How often the story looks, in real milliseconds. Looks cost the same processor as what is looked at, and no figure is
 * taken from them: Mayfly and the account write down when something happened.
 */
const LOOK_MS = 100;

export interface Seen {
  readonly record: EnvironmentRecord;
  readonly rows: readonly ResourceRecord[];
}

/** Looks until `isThere`, telling `onLook` of every look. Throws after `limitSeconds` of simulated time, saying what was waited for. */
export async function until(
  cloud: LocalCloud,
  goal: {
    readonly what: string;
    readonly pullRequest: number;
    readonly repository: string;
    readonly limitSeconds: number;
    isThere(seen: Seen): boolean;
  },
  onLook: (seen: Seen) => void,
): Promise<Seen> {
  const { clock, mayfly } = cloud;
  const began = clock.now().getTime();
  const id = environmentId({ repository: goal.repository, number: goal.pullRequest });
  for (;;) {
    const record = await mayfly.store.environment(id);
    if (record) {
      const seen = { record, rows: await mayfly.store.resources(id, record.life) };
      onLook(seen);
      if (goal.isThere(seen)) {
        return seen;
      }
    }
    if (clock.now().getTime() - began > goal.limitSeconds * 1000) {
      const open = record?.conditions.filter(({ status }) => status !== 'true').map(({ message }) => message) ?? [];
      throw new Error(
        `${goal.what} did not come about within ${goal.limitSeconds} simulated seconds: ${open.join(' ')}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
