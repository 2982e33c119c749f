import { TerminalError } from '../../domain/failure.ts';
import { matches } from '../../domain/matcher.ts';
import type { SmokeCheck } from '../../domain/resource.ts';
import type { Clock } from '../../reconcile/clock.ts';
import type { Desired, Observation, Provisioner } from '../../reconcile/provisioner.ts';
import { observing } from './observing.ts';

const RECHECK_SECONDS = 3;
const ANSWER_SECONDS = 10;
/** However fast the clock, an answer comes over a real wire and from a process that may be busy. */
const SHORTEST_PATIENCE_MS = 2000;

interface Parts {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
}

interface Attempt {
  readonly runKey: string;
  readonly startedAt: Date;
}

/**
 * HTTP checks as a visitor would make them. All are made at each look until every one passes. From the deadline on, a
 * failure is for the author to mend; the checks go on being made, and pass once they do. The deadline counts from this
 * process's first look: after a restart there is that much patience again.
 */
export function createSmokeProvisioner({ fetch, clock }: Parts): Provisioner<'smoke'> {
  const attempts = new Map<string, Attempt>();

  function startOf({ environment, key, spec }: Desired<'smoke'>): Date {
    const id = `${environment.id} ${key}`;
    const known = attempts.get(id);
    if (known?.runKey === spec.runKey) {
      return known.startedAt;
    }
    const startedAt = clock.now();
    attempts.set(id, { runKey: spec.runKey, startedAt });
    return startedAt;
  }

  async function observe(desired: Desired<'smoke'>): Promise<Observation<'smoke'>> {
    const { spec, recorded, environment, key } = desired;
    if (recorded?.runKey === spec.runKey) {
      return { state: 'ready', outputs: { runKey: spec.runKey } };
    }
    const startedAt = startOf(desired);
    const results = await Promise.all(spec.checks.map(async (check) => await tryCheck({ fetch, clock }, check)));
    const failures = results.filter((failure) => failure !== undefined);
    const [first] = failures;
    if (first === undefined) {
      attempts.delete(`${environment.id} ${key}`);
      return { state: 'ready', outputs: { runKey: spec.runKey } };
    }
    if (clock.now().getTime() - startedAt.getTime() >= spec.deadlineSeconds * 1000) {
      throw new TerminalError('SmokeFailed', `${first}.`, { actor: 'author', details: failures });
    }
    return {
      state: 'pending',
      outputs: {},
      waitingFor: `smoke checks to pass (${first})`,
      requeueAfterSeconds: RECHECK_SECONDS,
    };
  }

  return observing('smoke', observe);
}

/** Undefined when it passed, else what was amiss. */
async function tryCheck({ fetch, clock }: Parts, { url, expect, signIn }: SmokeCheck): Promise<string | undefined> {
  const { status, sentTo } = await answerOf(url, {
    fetch,
    milliseconds: Math.max(SHORTEST_PATIENCE_MS, Math.ceil(clock.wallMilliseconds(ANSWER_SECONDS))),
  });
  if (signIn !== undefined) {
    return status === 302 && sentTo === signIn
      ? undefined
      : `\`${url}\` answered ${status}, expected to be sent to the sign-in at \`${signIn}\``;
  }
  return typeof status === 'number' && matches(expect, status)
    ? undefined
    : `\`${url}\` answered ${status}, expected ${expect}`;
}

interface Answer {
  readonly status: number | 'nothing';
  /** The host that a redirect leads to. */
  readonly sentTo: string | undefined;
}

async function answerOf(
  url: string,
  { fetch, milliseconds }: { fetch: typeof globalThis.fetch; milliseconds: number },
): Promise<Answer> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(milliseconds) });
    // Unread, a body holds its connection.
    await response.body?.cancel();
    const location = response.headers.get('location');
    return { status: response.status, sentTo: location === null ? undefined : URL.parse(location, url)?.host };
  } catch (error) {
    // Where a check may not go at all is for people to know; everything else is no answer.
    if (error instanceof TerminalError) {
      throw error;
    }
    return { status: 'nothing', sentTo: undefined };
  }
}
