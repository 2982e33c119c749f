import type { Config } from '../config/process.ts';
import { createRoster } from '../github/roster.ts';
import type { Roster } from '../reconcile/roster.ts';
import type { Connected } from './parts.ts';

export function rosterOf(
  { labelPermission, allowedBots }: Config,
  { probot, octokits, identity: { ownLogin } }: Pick<Connected, 'probot' | 'octokits' | 'identity'>,
): Roster {
  return createRoster({ probot, octokits, labelPermission, allowedBots, ownLogin });
}
