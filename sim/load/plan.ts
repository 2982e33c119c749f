import { createRandom } from '../chaos/histories/random.ts';
import type { Kind, Message } from './messages.ts';

/** One delivery that is due. */
export interface Due {
  readonly message: Message;
  readonly kind: string;
  /** The place in the plan of the delivery that this one repeats, with its id; null for one of its own. */
  readonly repeats: number | null;
}

/** GitHub sends a delivery again when somebody asks for it, or when it heard no answer. */
const REPEATED = 0.03;

/** `count` deliveries in the order in which they are due. The same seed draws the same. */
export function planDeliveries(
  kinds: readonly Kind[],
  { count, seed }: { count: number; seed: number },
): readonly Due[] {
  const random = createRandom(seed);
  const total = kinds.reduce((sum, { share }) => sum + share, 0);
  const plan: Due[] = [];
  while (plan.length < count) {
    const earlier = random.below(Math.max(plan.length, 1));
    const repeated = random.chance(REPEATED) ? plan[earlier] : undefined;
    if (repeated) {
      plan.push({ ...repeated, repeats: repeated.repeats ?? earlier });
    } else {
      const kind = pickKind(kinds, random.below(total));
      plan.push({ message: random.pick(kind.messages), kind: kind.name, repeats: null });
    }
  }
  return plan;
}

function pickKind(kinds: readonly Kind[], drawn: number): Kind {
  let left = drawn;
  for (const kind of kinds) {
    left -= kind.share;
    if (left < 0) {
      return kind;
    }
  }
  throw new RangeError('more was drawn than there is');
}
