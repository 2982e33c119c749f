import { shortDigest } from '../../domain/digest.ts';
import { TransientError } from '../../domain/failure.ts';
import type { Publication } from '../../reconcile/reporter.ts';
import { isNotFound } from '../errors.ts';
import {
  DEPLOYMENT_ENVIRONMENT,
  type DeploymentStatusContent,
  deploymentPayload,
  deploymentTask,
  renderDeploymentStatus,
  supersededStatus,
} from '../report/deployment.ts';
import { beginToSay, isOurs, type Publishing, rememberedIn } from './publishing.ts';

/** One deployment for each commit that was deployed, and its status; the one before it becomes inactive. */
export async function publishDeployment(publishing: Publishing): Promise<void> {
  const status = renderDeploymentStatus(publishing.report, publishing.pageUrl);
  if (!status) {
    return;
  }
  const id = status.state === 'inactive' ? await deploymentInUse(publishing) : await deploymentOfHead(publishing);
  if (id !== undefined) {
    await publishStatus(publishing, { id, status });
  }
}

/** Whatever was deployed last: there is nothing to make inactive when nothing was. */
async function deploymentInUse(publishing: Publishing): Promise<number | undefined> {
  const known = await publishing.memory.get('deployment');
  return (known && rememberedIn(known)) ?? (await findDeployment(publishing, undefined));
}

async function deploymentOfHead(publishing: Publishing): Promise<number> {
  const { report, memory } = publishing;
  const known = await memory.get('deployment');
  const isCurrent = known?.sha === report.headSha;
  const rememberedId = isCurrent ? rememberedIn(known) : undefined;
  if (rememberedId !== undefined) {
    return rememberedId;
  }
  if (known && !isCurrent) {
    await supersede(publishing, known);
  }
  // Before it is made: whoever dies in between has to know of which commit it is.
  await memory.put('deployment', { externalId: '', digest: '', sha: report.headSha });
  const id = (await findDeployment(publishing, report.headSha)) ?? (await createDeployment(publishing));
  await memory.put('deployment', { externalId: String(id), digest: '', sha: report.headSha });
  return id;
}

async function supersede(publishing: Publishing, known: Publication): Promise<void> {
  const id = rememberedIn(known) ?? (await findDeployment(publishing, known.sha));
  if (id !== undefined) {
    await createStatus(publishing, { id, status: supersededStatus(publishing.report.headSha) });
  }
}

async function findDeployment(publishing: Publishing, sha: string | undefined): Promise<number | undefined> {
  return (await ownDeployments(publishing, sha))[0];
}

/** Ids, the newest first. */
async function ownDeployments(publishing: Publishing, sha: string | undefined): Promise<readonly number[]> {
  const { octokit, target, report, identity } = publishing;
  const { data } = await octokit.rest.repos.listDeployments({
    ...target,
    environment: DEPLOYMENT_ENVIRONMENT,
    task: deploymentTask(report.environment),
    ...(sha === undefined ? {} : { sha }),
    per_page: 100,
  });
  return data.filter(({ creator, ...made }) => isOurs({ ...made, user: creator }, identity)).map(({ id }) => id);
}

async function createDeployment({ octokit, target, report }: Publishing): Promise<number> {
  const { data } = await octokit.rest.repos.createDeployment({
    ...target,
    ref: report.headSha,
    task: deploymentTask(report.environment),
    environment: DEPLOYMENT_ENVIRONMENT,
    description: `Environment ${report.environment.name}`,
    payload: deploymentPayload(report),
    transient_environment: true,
    production_environment: false,
    auto_merge: false,
    required_contexts: [],
  });
  if (!('id' in data)) {
    throw new TransientError('DeploymentNotMade', 'GitHub merged the base branch instead of making a deployment');
  }
  return data.id;
}

async function publishStatus(
  publishing: Publishing,
  deployed: { id: number; status: DeploymentStatusContent },
): Promise<void> {
  const { memory, report } = publishing;
  const externalId = String(deployed.id);
  const digest = shortDigest(JSON.stringify(deployed.status), 32);
  const known = await memory.get('deployment-status');
  if (known?.externalId === externalId && known.digest === digest) {
    return;
  }
  await beginToSay(memory, 'deployment-status', known);
  if (!(await createStatus(publishing, deployed)) && deployed.status.state !== 'inactive') {
    // Somebody deleted the deployment: the next pass makes another.
    await memory.put('deployment', { externalId, digest: '', sha: '' });
    throw new TransientError('DeploymentGone', 'the deployment was deleted on GitHub');
  }
  await memory.put('deployment-status', { externalId, digest, sha: report.headSha });
}

/** False when GitHub no longer has the deployment. One that is still listed it has, whatever it answered: see `updateCheck`. */
async function createStatus(
  publishing: Publishing,
  { id, status }: { id: number; status: DeploymentStatusContent },
): Promise<boolean> {
  const { octokit, target } = publishing;
  try {
    await octokit.rest.repos.createDeploymentStatus({
      ...target,
      deployment_id: id,
      state: status.state,
      description: status.description,
      environment: DEPLOYMENT_ENVIRONMENT,
      // Otherwise a success here would make every other pull request's deployment inactive.
      auto_inactive: false,
      ...(status.environmentUrl ? { environment_url: status.environmentUrl } : {}),
      ...(status.logUrl ? { log_url: status.logUrl } : {}),
    });
    return true;
  } catch (error) {
    if (!isNotFound(error)) {
      throw error;
    }
    if ((await ownDeployments(publishing, undefined)).includes(id)) {
      throw new TransientError('DeploymentUnclear', 'GitHub lists the deployment, and did not find it', {
        cause: error,
      });
    }
    return false;
  }
}
