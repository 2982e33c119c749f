import type { Cast } from './cast.ts';
import type { Scene, Stage } from './stage.ts';

/** Pull requests, and what people did to them. */
export interface Play {
  readonly stage: Scene;
  readonly cast: Cast;
  /** Webhooks of what people do next that a step has lost, late or overtaken. */
  troubledWebhooks: number;
}

/** One history on its way. */
export interface Performance extends Play {
  readonly stage: Stage;
}
