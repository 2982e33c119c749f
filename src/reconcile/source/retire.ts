import { isUnderWay, type SourceVersion, sourceState } from '../../domain/source.ts';
import { mayRetire } from '../../domain/source-life.ts';
import type { SourcePass } from './stepping.ts';

/** Has what nothing needs any more go, and sees to what is on its way out. */
export async function retire(pass: SourcePass): Promise<void> {
  for (const version of await pass.ports.store.versions()) {
    pass.signal.throwIfAborted();
    if (!isUnderWay(version)) {
      await leave(version, pass);
    }
  }
}

async function leave(version: SourceVersion, { ports, settings, tell }: SourcePass): Promise<void> {
  const { store, clusters, clock, task } = ports;
  const now = clock.now();
  if (sourceState(version) === 'retiring') {
    if (version.run?.taskArn) {
      await task.stop(version.run.taskArn);
    }
    if ((await clusters.release(version.id)) && (await store.save({ ...version, goneAt: now }))) {
      tell({ kind: 'retired', id: version.id, message: `${version.id} is gone` });
    }
    return;
  }
  if (mayRetire(version, { now, keeping: settings, clones: [] })) {
    const clones = await store.clonesOf(version.id);
    if (mayRetire(version, { now, keeping: settings, clones })) {
      await store.save({ ...version, retiredAt: now });
    }
  }
}
