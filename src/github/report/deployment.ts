import type { EnvironmentIdentity } from '../../domain/environment.ts';
import type { EnvironmentReport } from '../../reconcile/reporter.ts';
import { causeOf } from './failures.ts';
import { oneLine, shortened } from './markdown.ts';
import { mainUrl } from './services.ts';
import { isMoving, RELEASE_WORDS, servesHead, shortSha } from './words.ts';

/**
 * All environments share one of GitHub's: one for each pull request would stay behind for ever unless somebody with
 * admin rights deleted it. The task tells them apart.
 */
export const DEPLOYMENT_ENVIRONMENT = 'ephemeral';

export function deploymentTask({ pullRequest }: EnvironmentIdentity): string {
  return `ephemeral:pr-${pullRequest.number}`;
}

/**
 * What workflows read in `github.event.deployment.payload`: the environment's id and name, and the first address of each
 * service that has one. They are known before anything answers there, which the status tells.
 */
export function deploymentPayload({ environment, services }: EnvironmentReport) {
  const urls = services.flatMap(({ name, urls: [url] }) => (url === undefined ? [] : [[name, url] as const]));
  return { environment: environment.id, name: environment.name, urls: Object.fromEntries(urls) };
}

/** A deployment status as GitHub's API takes it. */
export interface DeploymentStatusContent {
  readonly state: 'in_progress' | 'success' | 'failure' | 'inactive';
  /** At most 140 characters. */
  readonly description: string;
  readonly environmentUrl?: string;
  readonly logUrl?: string;
}

/** Undefined while there is nothing to deploy: in the queue, or refused. `pageUrl` is where its history can be read. */
export function renderDeploymentStatus(
  report: EnvironmentReport,
  pageUrl: string,
): DeploymentStatusContent | undefined {
  const status = stateOf(report);
  if (!status) {
    return undefined;
  }
  const url = mainUrl(report);
  return {
    state: status.state,
    description: shortened(oneLine(status.description), 140),
    ...(status.state === 'success' && url ? { environmentUrl: url } : {}),
    logUrl: pageUrl,
  };
}

/** For the deployment of a commit that is the head no longer. */
export function supersededStatus(headSha: string): DeploymentStatusContent {
  return { state: 'inactive', description: `Superseded by ${shortSha(headSha)}` };
}

function stateOf(report: EnvironmentReport): Pick<DeploymentStatusContent, 'state' | 'description'> | undefined {
  const { phase, releaseReason } = report;
  if (servesHead(report)) {
    return { state: 'success', description: `Serving ${shortSha(report.headSha)}` };
  }
  if (isMoving(report)) {
    return { state: 'in_progress', description: `Deploying ${shortSha(report.headSha)}` };
  }
  if (phase === 'failing') {
    return { state: 'failure', description: causeOf(report) };
  }
  if (phase === 'going' || phase === 'gone') {
    return { state: 'inactive', description: releaseReason ? `Removed (${RELEASE_WORDS[releaseReason]})` : 'Removed' };
  }
  return undefined;
}
