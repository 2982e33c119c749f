import { TransientError } from '../../domain/failure.ts';
import { isNotFound, isUnprocessable } from '../errors.ts';
import type { CheckContent } from '../report/check.ts';
import type { Publishing } from './publishing.ts';

/** Which check run of our own, of which commit. Two pull requests may share a commit; their check runs differ by `externalId`. */
export interface CheckPlace extends Pick<Publishing, 'octokit' | 'target' | 'identity'> {
  readonly name: string;
  readonly sha: string;
  readonly externalId: string;
}

/**
 * Makes the check run say this: the one whose id is remembered, or the one that is found, or a new one. Undefined when
 * there is none and `create` is false.
 */
export async function writeCheck(
  place: CheckPlace,
  content: CheckContent,
  { rememberedId, create }: { rememberedId: number | undefined; create: boolean },
): Promise<number | undefined> {
  const id = rememberedId ?? (await ownChecks(place))[0];
  if (id !== undefined && (await updateCheck(place, id, content))) {
    return id;
  }
  if (!create) {
    return undefined;
  }
  const { octokit, target, name, sha, externalId } = place;
  const { data } = await octokit.rest.checks.create({
    ...target,
    name,
    head_sha: sha,
    external_id: externalId,
    ...fieldsOf(content),
  });
  return data.id;
}

/** Ids, the newest first. None where the commit is no more: what stood on it went with it. */
export async function ownChecks({
  octokit,
  target,
  identity,
  name,
  sha,
  externalId,
}: CheckPlace): Promise<readonly number[]> {
  try {
    const { data } = await octokit.rest.checks.listForRef({
      ...target,
      ref: sha,
      check_name: name,
      app_id: identity.appId,
      filter: 'all',
      per_page: 100,
    });
    return data.check_runs
      .filter((run) => run.app?.id === identity.appId && run.external_id === externalId)
      .map(({ id }) => id);
  } catch (error) {
    // "No commit found for SHA".
    if (isUnprocessable(error)) {
      return [];
    }
    throw error;
  }
}

/**
 * False when GitHub no longer has it. A 404 alone does not say so, since GitHub also answers it for what the app may not see
 * (REST API, "Troubleshooting"): what is still listed is there, and a `TransientError` says that it is to be tried again.
 */
export async function updateCheck(place: CheckPlace, id: number, content: CheckContent): Promise<boolean> {
  const { octokit, target } = place;
  try {
    await octokit.rest.checks.update({ ...target, check_run_id: id, ...fieldsOf(content) });
    return true;
  } catch (error) {
    if (!isNotFound(error)) {
      throw error;
    }
    if ((await ownChecks(place)).includes(id)) {
      throw new TransientError('CheckRunUnclear', 'GitHub lists the check run, and did not find it', { cause: error });
    }
    return false;
  }
}

function fieldsOf({ status, conclusion, title, summary, detailsUrl, actions }: CheckContent) {
  return {
    status,
    ...(conclusion ? { conclusion } : {}),
    details_url: detailsUrl,
    output: { title, summary },
    actions: actions.map((action) => ({ ...action })),
  };
}
