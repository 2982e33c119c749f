import type { Intake } from '../../reconcile/intake.ts';
import type { OctokitSource } from '../octokit-source.ts';
import type { Permission } from '../permission.ts';

/** What the handlers are given. */
export interface HandlerPorts {
  readonly intake: Intake;
  readonly octokits: OctokitSource;
  /** The label that gives a pull request an environment; compared without regard to case, as GitHub does. */
  readonly label: string;
  /** Logins of bots that may ask for an environment: `renovate[bot]`. All others are followed, never obeyed. */
  readonly allowedBots: readonly string[];
  readonly appId: number;
  /** The app's own login, `mayfly[bot]`: what it does itself is no news to it. */
  readonly ownLogin: string;
  /** What labelling takes: `write`, or `triage`, which GitHub itself demands for it. */
  readonly labelPermission: Permission;
}
