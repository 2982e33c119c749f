/**
 * The clock of the local cloud. Everything under `sim/` takes its time from here, so that minutes of AWS can pass in
 * seconds (a running clock with a speed) or exactly when a test says so (a stepped clock).
 */
export interface SimClock {
  now(): Date;
  /** Runs `action` once `seconds` of this clock have passed. Returns a function that cancels it; calling it twice is harmless. */
  after(seconds: number, action: () => void): () => void;
  /** Resolves once `seconds` of this clock have passed. */
  sleep(seconds: number): Promise<void>;
  /** Real milliseconds that pass while `seconds` of this clock pass. A stepped clock answers 0. */
  wallMilliseconds(seconds: number): number;
}

export interface RunningClock extends SimClock {
  readonly speed: number;
  /** Simulated time stays continuous; only its pace changes. Throws RangeError unless the speed is above 0. */
  setSpeed(speed: number): void;
  /** Moves time forward at once, as for a machine that was asleep: what fell due meanwhile is done now, and sees the new time. */
  jump(seconds: number): void;
  /** Cancels everything still to come. The clock tells the time afterwards, but runs no action any more. */
  stop(): void;
}

export interface SteppedClock extends SimClock {
  /** Moves time forward, running due actions in order of their instant, each with `now()` at that instant. */
  advance(seconds: number): void;
  /** Moves to the next due action and runs it. False when nothing is due. */
  step(): boolean;
}

interface Timer {
  readonly dueAt: number;
  readonly sequence: number;
  readonly action: () => void;
}

/** Due actions in order of instant, then of registration. */
function createAgenda() {
  let timers: Timer[] = [];
  let sequence = 0;
  return {
    add(dueAt: number, action: () => void): Timer {
      const timer = { dueAt, sequence: sequence++, action };
      const after = timers.findIndex((other) => other.dueAt > dueAt);
      timers.splice(after === -1 ? timers.length : after, 0, timer);
      return timer;
    },
    remove(timer: Timer): void {
      timers = timers.filter((other) => other !== timer);
    },
    next: (): Timer | undefined => timers[0],
    takeDue(instant: number): Timer | undefined {
      const first = timers[0];
      return first && first.dueAt <= instant ? timers.shift() : undefined;
    },
    clear(): void {
      timers = [];
    },
  };
}

/** A clock that runs by itself, `speed` simulated seconds for one real second. */
export function createRunningClock({
  speed = 1,
  startAt = new Date(),
}: {
  speed?: number;
  startAt?: Date;
} = {}): RunningClock {
  const agenda = createAgenda();
  let pace = speed;
  let anchor = { simulated: startAt.getTime(), real: performance.now() };
  let wake: NodeJS.Timeout | undefined;

  const nowMs = (): number => anchor.simulated + (performance.now() - anchor.real) * pace;

  function arm(): void {
    clearTimeout(wake);
    const next = agenda.next();
    if (next) {
      // Node caps a timeout at 2^31-1 ms; waking early and arming again is harmless.
      wake = setTimeout(fire, Math.min(Math.max(0, (next.dueAt - nowMs()) / pace), 2_000_000_000));
      wake.unref();
    }
  }

  function fire(): void {
    for (let due = agenda.takeDue(nowMs()); due; due = agenda.takeDue(nowMs())) {
      due.action();
    }
    arm();
  }

  function after(seconds: number, action: () => void): () => void {
    const timer = agenda.add(nowMs() + seconds * 1000, action);
    arm();
    return () => agenda.remove(timer);
  }

  return {
    now: () => new Date(nowMs()),
    after,
    sleep: async (seconds) => await new Promise((resolve) => after(seconds, resolve)),
    wallMilliseconds: (seconds) => (seconds * 1000) / pace,
    get speed() {
      return pace;
    },
    setSpeed(next) {
      if (!(next > 0)) {
        throw new RangeError(`a clock's speed must be above 0, not ${next}`);
      }
      anchor = { simulated: nowMs(), real: performance.now() };
      pace = next;
      arm();
    },
    jump(seconds) {
      anchor = { ...anchor, simulated: anchor.simulated + seconds * 1000 };
      arm();
    },
    stop() {
      clearTimeout(wake);
      agenda.clear();
    },
  };
}

/** A clock that stands still until it is told to move. */
export function createSteppedClock({
  startAt = new Date('2026-11-20T09:00:00Z'),
}: {
  startAt?: Date;
} = {}): SteppedClock {
  const agenda = createAgenda();
  let current = startAt.getTime();

  function runUntil(instant: number): void {
    for (let due = agenda.takeDue(instant); due; due = agenda.takeDue(instant)) {
      current = Math.max(current, due.dueAt);
      due.action();
    }
  }

  function after(seconds: number, action: () => void): () => void {
    const timer = agenda.add(current + seconds * 1000, action);
    return () => agenda.remove(timer);
  }

  return {
    now: () => new Date(current),
    after,
    sleep: async (seconds) => await new Promise((resolve) => after(seconds, resolve)),
    wallMilliseconds: () => 0,
    advance(seconds) {
      const target = current + seconds * 1000;
      runUntil(target);
      current = target;
    },
    step() {
      const next = agenda.next();
      if (!next) {
        return false;
      }
      runUntil(next.dueAt);
      return true;
    },
  };
}
