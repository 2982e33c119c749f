import type { Probot } from 'probot';
import { guarded } from './event.ts';
import type { HandlerPorts } from './handler-ports.ts';

/**
 * An installation that came, went or was stopped: its client is dropped, so that the next call asks for a token with
 * what is allowed now. No pull request is named, so there is nothing to take in; the resync finds what was lost.
 */
export function listenToInstallations(app: Probot, { octokits }: HandlerPorts): void {
  app.on(
    [
      'installation.created',
      'installation.deleted',
      'installation.suspend',
      'installation.unsuspend',
      'installation.new_permissions_accepted',
    ],
    guarded(async ({ payload }) => {
      octokits.forget(payload.installation.id);
    }),
  );
}
