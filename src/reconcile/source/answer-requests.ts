import {
  isUnderWay,
  newestSnapshot,
  type SourceVersion,
  sourceDay,
  sourceId,
  sourceState,
} from '../../domain/source.ts';
import { rollBack } from './roll-back.ts';
import type { SourceRequest } from './source-store.ts';
import type { SourcePass } from './stepping.ts';

/** Takes what was asked for in its order. One that has to wait says for what, and is looked at again. */
export async function answerRequests(pass: SourcePass): Promise<void> {
  for (const request of await pass.ports.store.openRequests()) {
    pass.signal.throwIfAborted();
    await (request.kind === 'rollback' ? rollBack(request, pass) : refresh(request, pass));
  }
}

/** One refresh at a time: who asks while one is under way is told so, and who asked before it is answered by it. */
async function refresh(request: SourceRequest, pass: SourcePass): Promise<void> {
  const { store, clock } = pass.ports;
  const versions = await store.versions();
  const made = versions.find((one) => one.begunAt >= request.askedAt && !isGivenUp(one));
  const busy = versions.find(isUnderWay);
  if (made && !isUnderWay(made)) {
    await store.settleRequest(request.id, { outcome: outcomeOf(made), at: clock.now() });
  } else if (made) {
    await store.noteRequest(request.id, `${made.id} is under way: ${sourceState(made)}`);
  } else if (busy) {
    await store.settleRequest(request.id, { outcome: `${busy.id} is under way already`, at: clock.now() });
  } else {
    await begin(request, versions, pass);
  }
}

function isGivenUp({ goneAt, servedAt, failure }: SourceVersion): boolean {
  return goneAt !== null && !servedAt && !failure;
}

function outcomeOf(version: SourceVersion): string {
  return version.failure ? version.failure.message : `${version.id} was put in service`;
}

async function begin(request: SourceRequest, versions: readonly SourceVersion[], pass: SourcePass): Promise<void> {
  const { store, snapshots, clock } = pass.ports;
  const snapshot = newestSnapshot(await snapshots.available());
  if (!snapshot) {
    await store.noteRequest(request.id, 'there is no snapshot that could be restored; it is looked for again');
    return;
  }
  const at = clock.now();
  const current = await store.inService();
  if (request.askedBy === 'schedule' && current && current.snapshot.takenAt >= snapshot.takenAt) {
    const outcome = `there is no snapshot newer than that of ${sourceDay(current)}, which is in service`;
    await store.settleRequest(request.id, { outcome, at });
    return;
  }
  const earlier = versions.filter((one) => one.snapshot.arn === snapshot.arn).length;
  const id = sourceId({ platform: pass.settings.platform, at, snapshotArn: snapshot.arn, earlier });
  if (await store.begin(newVersion({ id, snapshot, askedBy: request.askedBy, begunAt: at }))) {
    pass.tell({ kind: 'begun', id, message: `${id} is made of the snapshot ${snapshot.arn}` });
  }
}

function newVersion(of: Pick<SourceVersion, 'id' | 'snapshot' | 'askedBy' | 'begunAt'>): SourceVersion {
  return {
    ...of,
    resourceId: null,
    clusterAt: null,
    instanceAt: null,
    passwordAt: null,
    run: null,
    passport: null,
    provenAt: null,
    servedAt: null,
    replacedAt: null,
    failure: null,
    retiredAt: null,
    goneAt: null,
    message: '',
    revision: 1,
  };
}
