import type { LocalCloud } from '../local-cloud.ts';

type MayflyState = 'running' | 'stopping' | 'stopped' | 'starting';

/** Stops Mayfly and starts it again on the same state, as a deployment of it or a crash of its machine would. */
export interface MayflySwitch {
  readonly state: MayflyState;
  /** Does nothing unless it runs. GitHub's webhooks find nobody from then on. */
  stop(): void;
  /** Does nothing unless it is stopped. */
  start(): void;
  /** Resolves once nothing of it is under way; a stopped one stays stopped for good. */
  end(): Promise<void>;
}

export function createMayflySwitch(cloud: Pick<LocalCloud, 'restartMayfly'>): MayflySwitch {
  let state: MayflyState = 'running';
  let restarting: Promise<void> = Promise.resolve();
  let gate = Promise.withResolvers<'start' | 'end'>();

  async function restart(): Promise<void> {
    try {
      await cloud.restartMayfly(async () => {
        state = 'stopped';
        if ((await gate.promise) === 'end') {
          throw new Error('the local cloud ends');
        }
        state = 'starting';
      });
      state = 'running';
    } catch {
      state = 'stopped';
    }
  }

  return {
    get state() {
      return state;
    },
    stop() {
      if (state === 'running') {
        state = 'stopping';
        gate = Promise.withResolvers();
        restarting = restart();
      }
    },
    start() {
      if (state === 'stopped') {
        gate.resolve('start');
      }
    },
    async end() {
      gate.resolve('end');
      await restarting;
    },
  };
}
