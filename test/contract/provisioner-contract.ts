import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TerminalError } from '../../src/domain/failure.ts';
import type { OutputsOf, ResourceKind } from '../../src/domain/resource.ts';
import type { Desired, Observation } from '../../src/reconcile/provisioner.ts';
import type { ClosableStage } from './cloud-stage.ts';
import { SPECIMENS, type Specimen } from './specimens.ts';
import { createScene, type Scene } from './stage.ts';

export interface ContractSubject {
  /** Called once; the stage serves every test of the suite, each with an environment of its own. */
  setUp(): Promise<ClosableStage>;
  /** Behaviours this AWS is known not to have: `kind: behaviour` -> why. They are run, and must fail. */
  readonly inaccuracies: Readonly<Record<string, string>>;
  /** Whether answers can be lost here. */
  readonly losesAnswers: boolean;
}

/** Before each test: no more calls are allowed it than the tests before have left, and in this time every rate allows all again. */
const LULL_SECONDS = 60;

/** What every provisioner must do, on whichever AWS it works. */
export function defineProvisionerContract(name: string, subject: ContractSubject): void {
  describe(`provisioners on ${name}`, () => {
    let stage: ClosableStage;
    beforeAll(async () => {
      stage = await subject.setUp();
    }, 120_000);
    afterAll(async () => {
      await stage?.close();
    });

    const behaviours: Behaviours = {
      behaves(kind, behaviour, run) {
        const reason = subject.inaccuracies[`${kind}: ${behaviour}`];
        const test = async () => {
          stage.clock.advance(LULL_SECONDS);
          await run(createScene(stage));
        };
        if (reason === undefined) {
          it(behaviour, test, 60_000);
        } else {
          it.failing(`${behaviour} (not here: ${reason})`, test, 60_000);
        }
      },
      losesAnswers: subject.losesAnswers,
    };
    for (const specimen of Object.values(SPECIMENS)) {
      describe(specimen.kind, () => {
        defineOwning(specimen as Specimen<ResourceKind>, behaviours);
      });
    }
  });
}

interface Behaviours {
  behaves(kind: ResourceKind, behaviour: string, run: (scene: Scene) => Promise<void>): void;
  readonly losesAnswers: boolean;
}

function defineOwning<K extends ResourceKind>(specimen: Specimen<K>, { behaves, losesAnswers }: Behaviours): void {
  const { kind, tags, plant, drift } = specimen;
  const it = (behaviour: string, run: (scene: Scene) => Promise<void>) => behaves(kind, behaviour, run);

  it('is absent before it is made, and released at once', async (scene) => {
    const desired = await specimen.desire(scene);
    expect(await scene.provisioner(kind).observe(desired)).toEqual({ state: 'absent' });
    expect(await scene.provisioner(kind).release(desired)).toEqual({ state: 'absent' });
    await takeAway(scene);
  });

  it('becomes ready and stays so without another step', async (scene) => {
    const desired = await specimen.desire(scene);
    const outputs = await stand(scene, specimen, desired);
    const settled: Desired<K> = { ...desired, recorded: outputs };
    expect(await scene.provisioner(kind).observe(settled)).toEqual({ state: 'ready', outputs });
    expect(await scene.provisioner(kind).observe(settled)).toEqual({ state: 'ready', outputs });
    await takeAway(scene, settled);
  });

  it('is adopted by a process that has forgotten it made it', async (scene) => {
    const desired = await specimen.desire(scene);
    await scene.provisioner(kind).ensure(desired, { state: 'absent' });
    await scene.provisioner(kind).ensure(desired, { state: 'absent' });
    const outputs = await stand(scene, specimen, desired);
    await takeAway(scene, { ...desired, recorded: outputs });
    await expectGone(scene, specimen, desired);
  });

  it('is gone once released, and made anew when wanted again', async (scene) => {
    const desired = await specimen.desire(scene);
    const outputs = await stand(scene, specimen, desired);
    await scene.vanish({ ...desired, recorded: outputs });
    await expectGone(scene, specimen, desired);
    await scene.provisioner(kind).ensure(desired, { state: 'absent' });
    await takeAway(scene, desired);
  });

  if (tags) {
    it('carries every tag from its first moment', async (scene) => {
      const desired = await specimen.desire(scene);
      const made = await scene.provisioner(kind).ensure(desired, { state: 'absent' });
      expect(await tags(scene, desired, outputsOf(made))).toMatchObject({ ...desired.tags });
      await takeAway(scene, { ...desired, recorded: outputsOf(made) });
    });
  }

  if (specimen.releasedByName) {
    it('is released with its record lost', async (scene) => {
      const desired = await specimen.desire(scene);
      await stand(scene, specimen, desired);
      const { environment, key, name } = desired;
      await scene.vanish({ environment, key, kind, name, spec: undefined, recorded: undefined } as never);
      expect(await scene.provisioner(kind).observe(desired)).toEqual({ state: 'absent' });
      await takeAway(scene);
    });
  }

  if (plant) {
    it("leaves somebody else's of the same name alone", async (scene) => {
      const desired = await specimen.desire(scene);
      await plant(scene, desired);
      const provisioner = scene.provisioner(kind);
      const absent: Observation<K> = { state: 'absent' };
      await expect(scene.eventually(async () => await provisioner.ensure(desired, absent))).rejects.toMatchObject({
        reason: 'NameTaken',
        actor: 'operator',
      });
      const observed = await provisioner.observe(desired);
      expect(observed.state).toBe('drifted');
      await expect(provisioner.ensure(desired, observed)).rejects.toMatchObject({ reason: 'NameTaken' });
      await expect(provisioner.release(desired)).rejects.toMatchObject({ reason: 'NotOurs' });
      expect((await provisioner.observe(desired)).state).toBe('drifted');
      await takeAway(scene);
    });
  }

  if (drift) {
    it('is made as wanted again after somebody changed it', async (scene) => {
      const desired = await specimen.desire(scene);
      const outputs = await stand(scene, specimen, desired);
      await drift(scene, desired, outputs);
      scene.clock.advance(120);
      const settled: Desired<K> = { ...desired, recorded: outputs };
      expect((await scene.provisioner(kind).observe(settled)).state).toBe('drifted');
      const corrected = await scene.settle(settled);
      expect((await scene.provisioner(kind).observe({ ...desired, recorded: corrected })).state).toBe('ready');
      await takeAway(scene, { ...desired, recorded: corrected });
    });
  }

  if (losesAnswers) {
    it('is made once when the answer to its creation is lost', async (scene) => {
      const desired = await specimen.desire(scene);
      // The SDK tries twice. The second try is refused where the first one left something.
      scene.loseAnswers?.(specimen.creates, 2);
      const outputs = await stand(scene, specimen, desired);
      scene.loseAnswers?.(specimen.creates, 0);
      await takeAway(scene, { ...desired, recorded: outputs });
      await expectGone(scene, specimen, desired);
    });
  }
}

async function stand<K extends ResourceKind>(
  scene: Scene,
  specimen: Specimen<K>,
  desired: Desired<K>,
): Promise<OutputsOf<K>> {
  await specimen.meanwhile?.(scene, desired);
  return await scene.settle(desired);
}

function outputsOf<K extends ResourceKind>(observed: Observation<K>): Partial<OutputsOf<K>> {
  return observed.state === 'absent' ? {} : observed.outputs;
}

async function expectGone<K extends ResourceKind>(
  scene: Scene,
  specimen: Specimen<K>,
  desired: Desired<K>,
): Promise<void> {
  if (specimen.leavesTrace !== true) {
    expect(await scene.provisioner(specimen.kind).observe(desired)).toEqual({ state: 'absent' });
  }
}

/** Clones are few: what an environment may have made of them goes with it. */
async function takeAway<K extends ResourceKind>(scene: Scene, released?: Omit<Desired<K>, 'tags'>): Promise<void> {
  if (released) {
    await scene.vanish(released);
  }
  const nothing = { environment: scene.environment, spec: undefined, recorded: undefined };
  const name = `mayfly-${scene.environment.name}-db`;
  const isForeign = (error: unknown) => error instanceof TerminalError && error.reason === 'NotOurs';
  try {
    await scene.vanish({ ...nothing, key: 'clone-cluster/db', kind: 'clone-cluster', name } as never);
  } catch (error) {
    if (!isForeign(error)) {
      throw error;
    }
  }
}
