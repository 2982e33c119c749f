import { expire } from '../expiry.ts';
import type { PassResult } from '../queue.ts';
import type { PassView } from '../report/pass-view.ts';
import { createResync } from '../resync.ts';
import { attendSuites, type Runs } from '../runs/attend-suites.ts';
import type { EnvironmentRecord } from '../store.ts';
import { SupersededError } from '../superseded.ts';
import { conclude } from './conclude.ts';
import { passDown } from './down.ts';
import { createLooks } from './looks.ts';
import type { PassPorts, PassSettings } from './ports.ts';
import { soonest } from './soonest.ts';
import { passUp } from './up.ts';

export interface Reconciler {
  /**
   * Takes one environment as far towards what is wanted as it goes now, tells the pull request, and says when to look
   * again. Never called for the same environment twice at once. May be killed anywhere and run again from the top.
   */
  reconcile(environmentId: string, signal: AbortSignal): Promise<PassResult>;
}

export function createReconciler({ ports, settings }: { ports: PassPorts; settings: PassSettings }): Reconciler {
  const { store, clock, forge, roster } = ports;
  const looks = createLooks();
  const { label, ownLogin } = settings;
  const resync = createResync({ store, clock, forge, roster, label, ownLogin });

  async function pass(found: EnvironmentRecord, signal: AbortSignal): Promise<PassResult> {
    const own = looks.of(found);
    const wanted = found.intent.state === 'present';
    const view = wanted
      ? await passUp({ record: found, looks: own, ports, settings, signal })
      : await passDown({ record: found, looks: own, ports, signal });
    const record = view.record ?? found;
    const suites = await attendSuites({ record, ports, signal, attention: own.runs }, view);
    const { requeueAfterSeconds, over } = await conclude(record, withSuites(view, suites), { ports, settings });
    if (over) {
      looks.drop(record.identity.id);
    }
    return { requeueAfterSeconds };
  }

  return {
    async reconcile(environmentId, signal) {
      const record = await store.environment(environmentId);
      if (!record) {
        return { requeueAfterSeconds: null };
      }
      if (await expire(record, { store, forge, clock, label: settings.label })) {
        return { requeueAfterSeconds: 0 };
      }
      if (await resync.check(record)) {
        return { requeueAfterSeconds: 0 };
      }
      try {
        return await pass(record, signal);
      } catch (error) {
        if (error instanceof SupersededError) {
          return { requeueAfterSeconds: 0 };
        }
        throw error;
      }
    },
  };
}

function withSuites(view: PassView, { runs, requeueAfterSeconds }: Runs): PassView {
  return { ...view, suites: runs, requeueAfterSeconds: soonest([view.requeueAfterSeconds, requeueAfterSeconds]) };
}
