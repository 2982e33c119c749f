import { type Violation, violation } from '../truth/violation.ts';

/**
 * Leaks that Mayfly's own sweep found. It repairs them, so that the world is true again by the time that it is judged;
 * but nobody else makes anything in Mayfly's name here, so each is something that Mayfly itself had lost.
 */
export function toldLeaks(log: readonly string[]): Violation[] {
  return log.flatMap((line) => {
    const { msg, environment } = JSON.parse(line) as { msg?: string; environment?: unknown };
    return msg === 'a leak was found'
      ? [violation(5, 'the sweep', `it found what nothing keeps: ${JSON.stringify(environment)}`)]
      : [];
  });
}
