import { startPlayer } from './player.ts';
import type { History } from './step.ts';

/** The program of a process that plays: a history comes as a message, and what was untrue goes back as one. */
const player = await startPlayer();

process.on('message', (history: History) => {
  void player.play(history).then(
    (violations) => answer({ violations }),
    (error: unknown) => answer({ died: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.on('disconnect', () => {
  void player.stop().finally(() => process.exit());
});
answer('ready');

/** Whoever asked may be gone by now, and then nobody wants to know. */
function answer(message: unknown): void {
  if (process.connected) {
    process.send?.(message);
  }
}
