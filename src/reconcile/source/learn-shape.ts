import { TerminalError, TransientError } from '../../domain/failure.ts';
import type { SourceVersion } from '../../domain/source.ts';
import { historiesOf, readShape } from '../../domain/source-shape.ts';
import type { SourcePass } from './stepping.ts';

/**
 * Remembers what the task said of the source's schema, so that the first environment of it is told of its migrations before
 * it has a clone. May be called again. Nothing hangs on it: what cannot be read, or is not believed, is only told.
 */
export async function learnShape({ id, run }: SourceVersion, { ports, settings, tell }: SourcePass): Promise<void> {
  try {
    const signed = run?.taskArn ? await ports.shapes.shape(run.taskArn) : undefined;
    if (!signed) {
      return;
    }
    const shape = readShape(signed, settings.publicKey);
    if (shape?.source !== id) {
      const whose = shape ? `is of ${shape.source}` : 'is not signed with the key of the platform';
      tell({ kind: 'unseen', id, message: `what the task that masks ${id} says of its schema ${whose}` });
      return;
    }
    const { database, schema } = shape;
    for (const { table, history } of historiesOf(shape)) {
      await ports.memory.learn({ source: id, database, table }, { history, schema, seenAt: ports.clock.now() });
    }
  } catch (error) {
    if (!(error instanceof TransientError || error instanceof TerminalError)) {
      throw error;
    }
    tell({ kind: 'unseen', id, message: error.message });
  }
}
