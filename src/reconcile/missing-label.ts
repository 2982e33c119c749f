import type { Clock } from './clock.ts';
import type { Forge, PullRequestFacts } from './forge.ts';
import { commandedAt } from './let-go.ts';
import type { EnvironmentRecord, Store } from './store.ts';

/** GitHub's API may be behind what it said in a webhook: what seems to be gone is gone when it is so this much later. */
export const SECOND_LOOK_SECONDS = 30;

export interface MissingLabelPorts {
  readonly store: Pick<Store, 'events'>;
  readonly forge: Pick<Forge, 'labelHistory'>;
  readonly clock: Clock;
  readonly label: string;
  /** The app's own login, `mayfly[bot]`: what it took off itself says nothing. */
  readonly ownLogin: string;
}

/** `seems-gone` is to be looked at again after `SECOND_LOOK_SECONDS`. `takenOffAt` is by the forge's clock. */
export type LabelStanding =
  | { readonly kind: 'as-it-was' | 'seems-gone' }
  | { readonly kind: 'gone'; readonly takenOffAt: Date };

/**
 * Whether somebody took the label off a pull request that has an environment. That it is not there does not tell: an
 * environment that a command asked for may never have had one, and a label that was put on a moment ago may not be shown
 * yet. So its history has to say that it was taken off, after any command, and at two looks.
 */
export function createMissingLabel({ store, forge, clock, label, ownLogin }: MissingLabelPorts): {
  standing(record: EnvironmentRecord, facts: PullRequestFacts): Promise<LabelStanding>;
} {
  const missingSince = new Map<string, number>();

  /** Undefined when it was not, or when that says nothing of this environment. */
  async function takenOffAt({ identity, installationId }: EnvironmentRecord): Promise<Date | undefined> {
    const { takenOff } = await forge.labelHistory(identity.pullRequest, installationId, label);
    if (!takenOff || takenOff.by.login === ownLogin) {
      return undefined;
    }
    const commanded = commandedAt(await store.events(identity.id));
    return commanded === undefined || takenOff.at > commanded ? takenOff.at : undefined;
  }

  return {
    async standing(record, facts) {
      const { id } = record.identity;
      const takenOff = isLabelled(facts, label) ? undefined : await takenOffAt(record);
      if (!takenOff) {
        missingSince.delete(id);
        return { kind: 'as-it-was' };
      }
      const now = clock.now().getTime();
      const since = missingSince.get(id) ?? now;
      if (now - since < SECOND_LOOK_SECONDS * 1000) {
        missingSince.set(id, since);
        return { kind: 'seems-gone' };
      }
      missingSince.delete(id);
      return { kind: 'gone', takenOffAt: takenOff };
    },
  };
}

/** GitHub tells labels apart without case. */
export function isLabelled({ labels }: Pick<PullRequestFacts, 'labels'>, label: string): boolean {
  return labels.some((name) => name.toLowerCase() === label.toLowerCase());
}
