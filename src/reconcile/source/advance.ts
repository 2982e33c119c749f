import { TerminalError, TransientError } from '../../domain/failure.ts';
import { nextStep, type SourceVersion } from '../../domain/source.ts';
import { mask } from './mask.ts';
import { promote, prove } from './prove.ts';
import { changePassword, restore } from './restore.ts';
import { failing, type SourcePass, type Stepped, waiting } from './stepping.ts';

/** What an operator mends without anything having to be made anew: hours of work are not thrown away for it. */
const MENDED_BESIDE: ReadonlySet<string> = new Set(['AccessDenied', 'QuotaExceeded', 'PlatformIncomplete']);

/**
 * Takes a source that is on its way as far as it goes now. Each step is written down before the next; whoever writes what
 * somebody else has written meanwhile ends.
 */
export async function advance(found: SourceVersion, pass: SourcePass): Promise<void> {
  let version = found;
  while (nextStep(version)) {
    pass.signal.throwIfAborted();
    const stepped = await step(version, pass);
    if (!stepped || (same(stepped.version, version) && stepped.waits)) {
      return;
    }
    if (!(await pass.ports.store.save(stepped.version))) {
      return;
    }
    report(stepped.version, pass);
    if (stepped.waits) {
      return;
    }
    version = { ...stepped.version, revision: version.revision + 1 };
  }
}

/** Undefined when nothing is left to be written. */
async function step(version: SourceVersion, pass: SourcePass): Promise<Stepped | undefined> {
  try {
    switch (nextStep(version)) {
      case 'restore':
        return await restore(version, pass);
      case 'password':
        return await changePassword(version, pass);
      case 'mask':
        return await mask(version, pass);
      case 'prove':
        return await prove(version, pass);
      case 'promote':
        return await promote(version, pass);
      case null:
        return undefined;
    }
  } catch (error) {
    return afterError(version, error, pass.ports.clock.now());
  }
}

function afterError(version: SourceVersion, error: unknown, at: Date): Stepped {
  if (error instanceof TransientError) {
    return waiting(version, error.message);
  }
  if (error instanceof TerminalError) {
    const { reason, message, details } = error;
    return MENDED_BESIDE.has(reason)
      ? waiting(version, message)
      : failing(version, { at, reason, message: [message, ...details].join('\n') });
  }
  throw error;
}

function same(a: SourceVersion, b: SourceVersion): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function report({ id, failure, goneAt, message }: SourceVersion, { tell }: SourcePass): void {
  if (failure) {
    tell({ kind: 'failed', id, message: failure.message });
  } else if (goneAt) {
    tell({ kind: 'given-up', id, message });
  }
}
