import { passOn } from '../admission/call-waiting.ts';
import { openLedger } from '../graph/ledger.ts';
import { takeDown } from '../graph/take-down.ts';
import { finding } from '../report/conditions.ts';
import { type PassView, view } from '../report/pass-view.ts';
import type { EnvironmentRecord } from '../store.ts';
import { SupersededError } from '../superseded.ts';
import { confirmIntent } from './confirm-intent.ts';
import type { Looks } from './looks.ts';
import type { PassPorts } from './ports.ts';

export interface DownPass {
  readonly record: EnvironmentRecord;
  readonly looks: Looks;
  readonly ports: PassPorts;
  /** Aborts when this process no longer holds the environment. */
  readonly signal: AbortSignal;
}

/** The pass of an environment that is to go: releases what can be released now; gone once every row was seen gone. */
export async function passDown({ record, looks, ports, signal }: DownPass): Promise<PassView> {
  const { store, clock, provisioners, onUnexpected } = ports;
  const { identity, life } = record;
  const ledger = await openLedger({ store, environmentId: identity.id, life, clock });
  const leavings = await takeDown(ledger.all(), {
    environment: identity,
    provisioners,
    ledger,
    attention: looks.down,
    clock,
    confirmIntent: async () => await confirmIntent({ record, store, signal }),
    onUnexpected,
  });
  const left = leavings.filter(({ leaving }) => leaving.state !== 'gone');
  if (left.length > 0) {
    const failed = left.find(({ leaving }) => leaving.state === 'failed' && leaving.failure.actor !== 'nobody');
    const released =
      failed?.leaving.state === 'failed'
        ? finding('Released', 'false', failed.leaving.failure)
        : finding('Released', 'unknown', { reason: 'OnItsWay', message: 'Its resources are being removed.' });
    const keys = left.map(({ row }) => row.key);
    return view({
      findings: [released],
      leavings,
      rows: ledger.all(),
      requeueAfterSeconds: looks.down.secondsToNext(keys, clock.now()) ?? 5,
    });
  }
  const gone = finding('Released', 'true', {
    reason: 'AllGone',
    message: 'Every resource it asked for was seen gone.',
  });
  // A pass that died before the pull request was told comes here again.
  const goneAt = record.goneAt ?? (await end(record, leavings.length, ports));
  return view({ findings: [gone], leavings, rows: ledger.all(), outcome: { goneAt } });
}

/** Ends the life and calls whoever waits for its slot, unless somebody wanted the environment again since this pass read what is wanted. */
async function end(record: EnvironmentRecord, resources: number, { store, clock }: PassPorts): Promise<Date> {
  const { id } = record.identity;
  const goneAt = clock.now();
  await store.transaction(async (transaction) => {
    await passOn(transaction);
    const current = await transaction.environment(id);
    if (current?.intent.generation !== record.intent.generation) {
      throw new SupersededError();
    }
    await transaction.saveEnvironment({ ...current, goneAt });
    await transaction.appendEvent({
      environmentId: id,
      at: goneAt,
      actor: 'mayfly',
      action: 'gone',
      details: { resources },
    });
  });
  return goneAt;
}
