import type { Platform } from '../config/platform.ts';
import type { Config } from '../config/process.ts';
import type { IntakeSettings } from '../reconcile/ask.ts';
import type { Intake } from '../reconcile/inbox/intake.ts';
import { createIntake } from '../reconcile/inbox/receive.ts';
import { hasDatabase, suitesOf } from '../reconcile/plan/lookup.ts';
import type { Store } from '../reconcile/store.ts';
import type { MayflyParts } from './parts.ts';

export function intakeOf({ config, platform, clock }: MayflyParts, store: Store): Intake {
  return createIntake({ store, clock, settings: intakeSettings(config, platform) });
}

export function intakeSettings(
  { triggerLabel: label, blueprintPath }: Config,
  { limits: { ttlSeconds, maxTtlSeconds }, environmentPrefixes }: Platform,
): IntakeSettings {
  return {
    label,
    ttlSeconds,
    maxTtlSeconds,
    environmentPrefixes,
    suitesOf: suitesOf(blueprintPath),
    hasDatabase: hasDatabase(blueprintPath),
  };
}
