import { describe, expect, it } from '@jest/globals';
import { type Call, CLONE, createLifeStage, type Interference } from './life-stage.ts';

/** Looks and creations up to the first moment at which all is there. */
async function callsOfACreation(): Promise<readonly Call[]> {
  const { calls, startMayfly } = await createLifeStage();
  await startMayfly().settle();
  return calls;
}

describe('Teardown beats provisioning: what is wanted is read again before every create; a pull request closed while its clone is being made leaves nothing behind, and a late step cannot resurrect it.', () => {
  it.each(['before', 'after'] as const)('leaves nothing, whichever call the close comes %s', async (moment) => {
    for (const { index } of await callsOfACreation()) {
      const interference: Interference = {};
      const stage = await createLifeStage({ interference });
      interference[moment] = async (call) => {
        if (call.index === index) {
          await stage.close();
        }
      };
      await stage.startMayfly().settle();

      expect({ index, left: stage.inAccount() }).toEqual({ index, left: [] });
      expect((await stage.record()).goneAt).not.toBeNull();
    }
  });

  it('creates nothing that it looked for after the close', async () => {
    for (const { index } of await callsOfACreation()) {
      const interference: Interference = {};
      const stage = await createLifeStage({ interference });
      interference.before = async (call) => {
        if (call.index === index) {
          await stage.close();
        }
      };
      await stage.startMayfly().settle();

      const lookedForLate = stage.calls.slice(index).filter(({ method }) => method === 'observe');
      const created = stage.calls.filter(({ method }) => method === 'ensure').map(({ key }) => key);
      expect(lookedForLate.filter(({ key }) => created.includes(key))).toEqual([]);
    }
  });

  it('leaves nothing when it is closed while the clone is being made, minutes from its end', async () => {
    const stage = await createLifeStage();
    stage.resources.set('clone-cluster', { outputs: CLONE, readyAfterSeconds: 300, goneAfterSeconds: 200 });
    const mayfly = stage.startMayfly();
    await mayfly.pass();
    expect(stage.inAccount()).toContainEqual(expect.stringContaining('clone-cluster'));
    await stage.close();
    await mayfly.settle();

    expect(stage.inAccount()).toEqual([]);
    expect(stage.calls.map(({ kind }) => kind)).not.toContain('clone-instance');
  });

  it('is not undone by a Mayfly that was suspended at any look and wakes when all is gone', async () => {
    const looks = (await callsOfACreation()).filter(({ method }) => method === 'observe');
    for (const { index } of looks) {
      const gate = Promise.withResolvers<void>();
      const asleep = Promise.withResolvers<void>();
      const interference: Interference = {
        async after(call) {
          if (call.index === index) {
            asleep.resolve();
            await gate.promise;
          }
        },
      };
      const stage = await createLifeStage({ interference });
      const late = stage.startMayfly().settle();
      await asleep.promise;
      await stage.close();
      await stage.startMayfly().settle();
      expect(stage.inAccount()).toEqual([]);
      gate.resolve();
      await late;

      expect({ index, left: stage.inAccount() }).toEqual({ index, left: [] });
    }
  });
});
