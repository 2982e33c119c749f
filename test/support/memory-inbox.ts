import { environmentId } from '../../src/domain/environment.ts';
import {
  type Delivery,
  isFact,
  type Letter,
  type LetterOutcome,
  type Petition,
} from '../../src/reconcile/inbox/delivery.ts';

type Kept = Letter & { readonly outcome: LetterOutcome | null };

function toldHead(says: Delivery['says']): string | undefined {
  if (says.kind === 'label') {
    return says.readLater ? undefined : says.snapshot.headSha;
  }
  return says.kind === 'follow' ? says.ask.snapshot.headSha : undefined;
}

/** The inbox of a store that forgets. */
export function createMemoryInbox(letters: readonly Kept[] = [], digests: ReadonlySet<string> = new Set()) {
  const kept = [...letters];
  const said = new Set(digests);
  const of = (id: string) => kept.filter(({ pullRequest }) => environmentId(pullRequest) === id);

  return {
    copy: () => createMemoryInbox(kept, said),
    outcomes: (id: string) => of(id).map(({ outcome }) => outcome),
    next: (id: string) => of(id).find((letter): letter is Kept & Letter<Petition> => letter.outcome === null),
    receive({ digest, ...delivery }: Delivery, { at }: { at: Date }): Letter | undefined {
      if (kept.some(({ id }) => id === delivery.id) || (digest !== undefined && said.has(digest))) {
        return undefined;
      }
      if (digest !== undefined) {
        said.add(digest);
      }
      const { says, saidAt } = delivery;
      const told = toldHead(says);
      const last = of(environmentId(delivery.pullRequest))
        .filter((other) => other.knownHead !== null && (!saidAt || (other.saidAt && other.saidAt <= saidAt)))
        .sort((a, b) => (saidAt && a.saidAt && b.saidAt ? a.saidAt.getTime() - b.saidAt.getTime() : 0))
        .at(-1);
      const letter: Kept = {
        ...structuredClone(delivery),
        position: kept.length + 1,
        heardAt: at,
        knownHead: told ?? last?.knownHead ?? null,
        tries: 0,
        notBefore: null,
        outcome: isFact(says) ? 'done' : null,
      };
      kept.push(letter);
      return letter;
    },
    heardSince: ({ position, saidAt, pullRequest }: Letter) =>
      of(environmentId(pullRequest))
        .filter((other, index, all) => {
          if (saidAt && other.saidAt && saidAt.getTime() !== other.saidAt.getTime()) {
            return other.saidAt > saidAt;
          }
          const isAfterNewer =
            saidAt && !other.saidAt && all.slice(0, index).some((before) => before.saidAt && before.saidAt >= saidAt);
          return other.position > position || isAfterNewer;
        })
        .sort(
          (a, b) => (a.saidAt?.getTime() ?? Infinity) - (b.saidAt?.getTime() ?? Infinity) || a.position - b.position,
        ),
    /** False when it is settled already. */
    change(position: number, change: Partial<Kept>): boolean {
      const at = kept.findIndex((letter) => letter.position === position && letter.outcome === null);
      const letter = kept[at];
      if (letter) {
        kept[at] = { ...letter, ...change };
      }
      return letter !== undefined;
    },
  };
}
