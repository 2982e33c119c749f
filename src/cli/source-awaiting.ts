import { TransientError } from '../domain/failure.ts';
import type { SourceRequest } from '../reconcile/source/source-store.ts';
import type { CommandContext } from './command.ts';
import type { SourceDesk } from './source-desk.ts';
import { oneLine, underWayLine } from './source-lines.ts';

const SECONDS_BETWEEN = 5;
const SILENT_SECONDS = 180;

/**
 * The request as it was seen last: settled, or not, when somebody wants the command to stop, which leaves the request
 * standing. Tells what it waits for, once each; a database that does not answer is asked again.
 */
export async function awaitOutcome(
  asked: SourceRequest,
  { desk, context }: { desk: SourceDesk; context: CommandContext },
): Promise<SourceRequest> {
  const { tell, signal, now, pause } = context;
  const told = new Set<string>();
  const tellOnce = (line: string): void => {
    if (line !== '' && !told.has(line)) {
      told.add(line);
      tell(line);
    }
  };
  const began = now().getTime();
  let seen = asked;
  while (!signal.aborted) {
    await pause(SECONDS_BETWEEN);
    try {
      seen = (await desk.requests()).find(({ id }) => id === asked.id) ?? seen;
      if (seen.settledAt !== null) {
        return seen;
      }
      tellOnce(oneLine(seen.outcome));
      tellOnce(underWayLine(await desk.versions()));
    } catch (error) {
      if (!(error instanceof TransientError)) {
        throw error;
      }
      tellOnce(`${oneLine(error.message)}: it is asked again`);
    }
    if (seen.outcome === '' && now().getTime() - began >= SILENT_SECONDS * 1000) {
      tellOnce('nobody has taken it up yet: is a Mayfly at work, with a role that works?');
    }
  }
  return seen;
}
