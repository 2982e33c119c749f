import type { WorkHandlers } from '../reconcile/queue.ts';
import { sendDelayed } from './delayed.ts';
import { readReply, type StoredReply } from './enqueue.ts';
import { QUEUES } from './jobs.ts';
import { pauseSeconds, wallMilliseconds } from './pauses.ts';
import type { WorkPorts } from './work-ports.ts';

/** Tries at one reply; after about ten minutes nobody waits for it any more. */
const TRIES = 9;

/** Sends one reply, or queues it again for later. A process that dies in between may send it twice, never not at all. */
export async function deliver(
  stored: StoredReply,
  { ports, handlers }: { ports: WorkPorts; handlers: WorkHandlers },
): Promise<void> {
  const { boss } = ports.database;
  const reply = readReply(stored);
  try {
    await handlers.reply(reply);
  } catch (error) {
    const failures = stored.failures + 1;
    const { pullRequest, commentId } = reply;
    ports.log.error({ err: error, pullRequest, commentId, failures }, 'a reply could not be sent');
    const data: StoredReply = { ...stored, failures };
    if (failures >= TRIES) {
      await boss.send(QUEUES.deadReply, data);
      return;
    }
    await sendDelayed(
      { boss, alarms: ports.alarms.reply },
      { queue: QUEUES.reply, data, wallMilliseconds: wallMilliseconds(ports.clock, pauseSeconds(failures)) },
    );
  }
}
