import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createSteppedClock } from '../../sim/clock.ts';
import { TerminalError, TransientError } from '../../src/domain/failure.ts';
import type { ResourceKind } from '../../src/domain/resource.ts';
import { createProvisioners } from '../../src/provision/aws/provisioners.ts';
import { createAttention } from '../../src/reconcile/graph/attention.ts';
import { createMemoryLedger } from '../../src/reconcile/graph/ledger.ts';
import { type Leaving, takeDown } from '../../src/reconcile/graph/take-down.ts';
import type { Desired, Provisioner } from '../../src/reconcile/provisioner.ts';
import { SPECIMENS, type Specimen } from '../contract/specimens.ts';
import { createScene, type Scene } from '../contract/stage.ts';
import { environmentRecord, resourceRecord } from '../support/environment-record.ts';
import { createFakeResources } from '../support/fake-resources.ts';
import { useInterferedCloud } from './interfered-cloud.ts';

const said = (name: string, status: number, message = 'no') =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });

/** Everything but an absence that a call may meet. */
const FAILURES: readonly Error[] = [
  said('ThrottlingException', 400, 'Rate exceeded'),
  said('InternalFailure', 500),
  said('AccessDeniedException', 403, 'not authorized to perform: x:Y'),
  Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }),
  said('SomethingNobodyHasHeardOf', 400, 'it was not found'),
  // Of a proxy on the way, which knows nothing of resources.
  said('UnknownError', 404, 'Not Found'),
];

const local = useInterferedCloud();

/** Runs `call` once for every command that it sends, with that one failing; gives what it answered each time. */
async function withEachFailing<T>(call: () => Promise<T>, failure: Error): Promise<(T | 'failed')[]> {
  const answers: (T | 'failed')[] = [];
  for (let failing = 0; ; failing += 1) {
    local.interfered.sent.length = 0;
    local.interfered.before = (_, index) => {
      if (index === failing) {
        throw failure;
      }
    };
    try {
      answers.push(await call());
    } catch (error) {
      expect([TransientError, TerminalError]).toContain((error as Error).constructor);
      answers.push('failed');
    } finally {
      local.interfered.before = () => undefined;
    }
    if (local.interfered.sent.length <= failing) {
      answers.pop();
      return answers;
    }
  }
}

interface Case {
  readonly scene: Scene;
  readonly provisioner: Provisioner<ResourceKind>;
  readonly desired: Desired<ResourceKind>;
}

async function setTheScene(specimen: Specimen<ResourceKind>): Promise<Case> {
  const scene = createScene(local.cloud);
  const provisioners = createProvisioners({ ...scene, clients: local.interfered.clients });
  const desired = await specimen.desire(scene);
  return { scene, desired, provisioner: provisioners[specimen.kind] as unknown as Provisioner<ResourceKind> };
}

describe('Not found means the service said so. Any other failure of an observe or a delete is a failure, never an absence.', () => {
  const kinds = Object.values(SPECIMENS) as unknown as Specimen<ResourceKind>[];

  it.each(kinds.map((specimen) => [specimen.kind, specimen] as const))(
    'whatever one call of a look at a %s meets, or of its release',
    async (_kind, specimen) => {
      const { scene, desired, provisioner } = await setTheScene(specimen);
      const absent = { state: 'absent' };
      expect(await provisioner.observe(desired)).toEqual(absent);
      for (const failure of FAILURES) {
        const looks = await withEachFailing(async () => await provisioner.observe(desired), failure);
        expect({ failure: failure.message, looks }).not.toEqual({ failure: failure.message, looks: [] });
        expect(looks.filter((look) => look !== 'failed')).toEqual([]);
      }

      await specimen.meanwhile?.(scene, desired);
      const settled = { ...desired, recorded: await scene.settle(desired) };
      for (const failure of FAILURES) {
        const looks = await withEachFailing(async () => await provisioner.observe(settled), failure);
        expect(looks).not.toContainEqual(absent);
      }
      for (const failure of FAILURES) {
        const releases = await withEachFailing(async () => await provisioner.release(settled), failure);
        // What one run of them has really deleted is gone for the next.
        expect((await provisioner.observe(settled)).state === 'absent' ? [] : releases).not.toContainEqual(absent);
      }
      await scene.vanish(settled);
    },
    60_000,
  );

  it('a deletion that failed, however, strikes nothing off the books', async () => {
    const failures = fc.oneof(
      fc.string().map((reason) => new TransientError(reason, 'AWS did not answer.')),
      fc.string().map((reason) => new TerminalError(reason, 'AWS refused.', { actor: 'operator' })),
      fc.string().map((message) => new Error(message)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(failures, { minLength: 1, maxLength: 5 }), async (release) => {
        const clock = createSteppedClock();
        const resources = createFakeResources(clock);
        resources.set('log-group', { errors: { release: [...release] } });
        const row = resourceRecord('web', { state: 'ready' });
        const { identity: environment } = environmentRecord(7);
        const desired = { environment, key: row.key, kind: row.kind, name: row.name, tags: {}, recorded: undefined };
        await resources.provisioners['log-group'].ensure({ ...desired, spec: {} } as never, { state: 'absent' });
        const ledger = createMemoryLedger([row], clock);
        for (const _ of release) {
          await takeDown(ledger.all(), {
            environment,
            provisioners: resources.provisioners,
            ledger,
            attention: createAttention<Leaving>(),
            clock,
            confirmIntent: async () => await Promise.resolve(),
            onUnexpected: () => undefined,
          });
          expect(ledger.all()).toMatchObject([{ state: 'releasing', goneAt: null }]);
        }
      }),
      { numRuns: 50 },
    );
  });
});
