import type { RunningClock, SimClock, SteppedClock } from '../clock.ts';
import { setBehaviour } from './ecs/behaviour.ts';
import { readBehaviour } from './ecs/behaviour-rule.ts';
import type { FaultRule, Faults } from './guards/faults.ts';
import type { RequestLog } from './guards/request-log.ts';
import { readDatabaseUse, useDatabase } from './rds/database-use.ts';
import { plantSnapshot, readSnapshotPlant } from './rds/plant-snapshot.ts';
import type { WireRequest, WireResponse } from './wire/messages.ts';
import type { World } from './world.ts';

export interface Controlled {
  readonly world: World;
  readonly faults: Faults;
  readonly requestLog: RequestLog;
}

type Answer = (controlled: Controlled, request: WireRequest) => WireResponse;

/** Method and path -> answer. JSON both ways; it serves other processes what a test in this one has as objects. */
const answers: Readonly<Record<string, Answer>> = {
  'GET /_sim/faults': ({ faults }) => json(200, faults.list()),
  'POST /_sim/faults': ({ faults }, request) => json(201, { id: faults.add(faultIn(bodyOf(request))) }),
  'DELETE /_sim/faults': ({ faults }, request) => {
    const id = queryOf(request).get('id');
    if (id !== null) {
      return faults.remove(Number(id)) ? json(200, {}) : json(404, { message: `there is no fault ${id}` });
    }
    faults.clear();
    return json(200, {});
  },
  'GET /_sim/requests': ({ requestLog }, request) => {
    const query = queryOf(request);
    const service = query.get('service');
    const calls = service === null ? requestLog.calls() : requestLog.of(service, query.get('operation') ?? undefined);
    return json(200, calls.slice(-Number(query.get('last') ?? 1000)));
  },
  'GET /_sim/behaviours': ({ world }) => json(200, world.ecs.behaviours),
  'POST /_sim/behaviours': ({ world }, request) => {
    setBehaviour(world, readBehaviour(bodyOf(request)));
    return json(201, {});
  },
  'POST /_sim/snapshots': ({ world }, request) => {
    const { arn, volumeId } = plantSnapshot(world, readSnapshotPlant(bodyOf(request)));
    return json(201, { arn, volumeId });
  },
  'POST /_sim/databases': ({ world }, request) => {
    useDatabase(world, readDatabaseUse(bodyOf(request)));
    return json(201, {});
  },
  'GET /_sim/clock': ({ world }) => json(200, clockState(world.clock)),
  'POST /_sim/clock': ({ world }, request) => {
    setClock(world.clock, bodyOf(request));
    return json(200, clockState(world.clock));
  },
};

/** True when `/_sim/...` of this request is the control API's; the page answers the others. */
export function isControlRequest({ method, url }: WireRequest): boolean {
  return keyOf(method, url) in answers;
}

/** Answers `/_sim/faults`, `/_sim/requests`, `/_sim/behaviours`, `/_sim/snapshots`, `/_sim/databases` and `/_sim/clock`. 400 says what is wrong with a body. */
export function answerControl(controlled: Controlled, request: WireRequest): WireResponse {
  const answer = answers[keyOf(request.method, request.url)];
  if (!answer) {
    return json(404, { message: `nothing answers ${request.method} ${request.url}` });
  }
  try {
    return answer(controlled, request);
  } catch (error) {
    if (error instanceof BadControlRequest || error instanceof RangeError || error instanceof SyntaxError) {
      return json(400, { message: error.message });
    }
    throw error;
  }
}

class BadControlRequest extends Error {}

function keyOf(method: string, url: string): string {
  return `${method} ${(url.split('?')[0] ?? '').replace(/\/$/, '')}`;
}

function queryOf({ url }: WireRequest): URLSearchParams {
  return new URLSearchParams(url.split('?')[1] ?? '');
}

function json(status: number, value: unknown): WireResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

function bodyOf({ body }: WireRequest): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(body.toString());
  if (typeof value !== 'object' || value === null) {
    throw new BadControlRequest('the body must be a JSON object');
  }
  return { ...value };
}

const effectKinds = ['error', 'drop-response', 'drop-request', 'delay', 'throttle'];

function faultIn(body: Readonly<Record<string, unknown>>): FaultRule {
  const effect = body['effect'];
  const kind = typeof effect === 'object' && effect !== null && 'kind' in effect ? effect.kind : undefined;
  if (typeof kind !== 'string' || !effectKinds.includes(kind)) {
    throw new BadControlRequest(`effect.kind must be one of ${effectKinds.join(', ')}`);
  }
  if (kind === 'error' && typeof (effect as { code?: unknown }).code !== 'string') {
    throw new BadControlRequest('an error needs effect.code');
  }
  if (kind === 'delay' && !(Number((effect as { seconds?: unknown }).seconds) >= 0)) {
    throw new BadControlRequest('a delay needs effect.seconds of 0 or more');
  }
  return body as unknown as FaultRule;
}

function isRunning(clock: SimClock): clock is RunningClock {
  return 'setSpeed' in clock;
}

function isStepped(clock: SimClock): clock is SteppedClock {
  return 'advance' in clock;
}

function clockState(clock: SimClock): Record<string, unknown> {
  return isRunning(clock)
    ? { now: clock.now(), kind: 'running', speed: clock.speed }
    : { now: clock.now(), kind: 'stepped' };
}

function setClock(clock: SimClock, { speed, advance }: Readonly<Record<string, unknown>>): void {
  if (speed !== undefined) {
    if (!isRunning(clock)) {
      throw new BadControlRequest('only a running clock has a speed');
    }
    clock.setSpeed(Number(speed));
  }
  if (advance !== undefined) {
    if (!isStepped(clock) || !(Number(advance) >= 0)) {
      throw new BadControlRequest('only a stepped clock advances, by 0 seconds or more');
    }
    clock.advance(Number(advance));
  }
}
