import type { Case } from '../case.ts';
import { environmentsIn } from '../standing.ts';
import { type Violation, violation } from '../violation.ts';

/** No more environments hold anything than may. At every instant before, the witness looked. */
export function checkQuota({ cloud, things }: Case): Violation[] {
  const holders = [...environmentsIn(things)].toSorted();
  const says = `${holders.length} environments hold something (${holders.join(', ')}), and ${cloud.slots} may`;
  return holders.length > cloud.slots ? [violation(11, 'the account', says)] : [];
}
