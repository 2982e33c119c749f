import type { WhoMay } from '../../reconcile/inbox/authorise.ts';
import type { Intake } from '../../reconcile/inbox/intake.ts';
import type { OctokitSource } from '../octokit-source.ts';

/** What the handlers are given. None of them calls GitHub. */
export interface HandlerPorts extends Pick<WhoMay, 'allowedBots' | 'ownLogin'> {
  readonly intake: Intake;
  readonly octokits: Pick<OctokitSource, 'forget'>;
  /** The label that gives a pull request an environment; compared without regard to case, as GitHub does. */
  readonly label: string;
  readonly appId: number;
}
