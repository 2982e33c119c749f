import type { CostMemory, CostRecord, UseSample } from '../../src/reconcile/cost/cost-memory.ts';

/** Costs that end with the test. */
export function createMemoryCosts(): CostMemory & { saves: number } {
  const costs = new Map<string, { cost: CostRecord; at: Date }>();
  const samples = new Map<string, UseSample[]>();
  const keyOf = (id: string, life: number) => `${id} ${life}`;
  let begunAt: Date | null = null;
  const memory = {
    saves: 0,
    cost: async (id: string, life: number) => await Promise.resolve(costs.get(keyOf(id, life))?.cost),
    async saveCost(id: string, life: number, { at, ...cost }: CostRecord & { at: Date }) {
      memory.saves += 1;
      costs.set(keyOf(id, life), { cost: structuredClone(cost), at });
      await Promise.resolve();
    },
    uses: async (id: string, life: number) => await Promise.resolve(samples.get(keyOf(id, life)) ?? []),
    async saveUses(id: string, life: number, given: readonly UseSample[]) {
      const before = samples.get(keyOf(id, life)) ?? [];
      const bySince = new Map([...before, ...given].map((sample) => [sample.since.getTime(), sample]));
      samples.set(
        keyOf(id, life),
        [...bySince.values()].toSorted((a, b) => a.since.getTime() - b.since.getTime()),
      );
      await Promise.resolve();
    },
    async claimUseRound(now: Date, everySeconds: number) {
      const due = begunAt === null || now.getTime() - begunAt.getTime() >= everySeconds * 1000;
      begunAt = due ? now : begunAt;
      return await Promise.resolve(due);
    },
    async forgetBefore(instant: Date) {
      for (const [key, { at }] of costs) {
        if (at < instant) {
          costs.delete(key);
        }
      }
      for (const [key, kept] of samples) {
        samples.set(
          key,
          kept.filter(({ until }) => until >= instant),
        );
      }
      await Promise.resolve();
    },
  };
  return memory;
}
