import { BUDGET_WORDS, type Shortage } from '../../domain/budget.ts';

/** Why it waits, for conditions and `/ephemeral status`. */
export function shortageFinding({ kind, of, used, limit, needed }: Shortage): { reason: string; message: string } {
  return kind === 'clones'
    ? {
        reason: 'NoFreeClone',
        message: `It waits for a clone of \`${of}\`: ${used} of ${limit} are taken, and one more would be a full copy.`,
      }
    : {
        reason: 'NoRoomOnLoadBalancer',
        message: `It waits for room on the load balancer: it needs ${needed} ${BUDGET_WORDS[kind]}, and ${used} of ${limit} are taken.`,
      };
}
