import { previousOf } from '../../domain/source-life.ts';
import { proofProblem } from '../../domain/source-proof.ts';
import type { SourceRequest } from './source-store.ts';
import type { SourcePass } from './stepping.ts';

/** Puts the source that was in service before back, if it is there and its passport still good. */
export async function rollBack(request: SourceRequest, { ports, settings, tell }: SourcePass): Promise<void> {
  const { store, clusters, clock } = ports;
  const settle = async (outcome: string) => await store.settleRequest(request.id, { outcome, at: clock.now() });
  const previous = previousOf(await store.versions());
  if (!previous) {
    await settle('there is no previous source to go back to');
    return;
  }
  const problem = proofProblem(previous.id, previous.passport, settings.publicKey);
  if (problem !== undefined) {
    await settle(`the previous source ${previous.id} ${problem}: it stays out of service`);
    return;
  }
  const look = await clusters.ensure(previous);
  if (look.state === 'pending') {
    await store.noteRequest(request.id, `${previous.id} waits for ${look.waitingFor}`);
    return;
  }
  if (look.state !== 'ready') {
    await settle(`the previous source ${previous.id} is not there any more`);
    return;
  }
  const outcome = `${previous.id} is in service again`;
  if (await store.promote(previous, { at: clock.now(), settles: { id: request.id, outcome } })) {
    tell({ kind: 'rolled-back', id: previous.id, message: outcome });
  }
}
