import { isNotFound } from '../errors.ts';
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
  const id = rememberedId ?? (await findCheck(place));
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

async function findCheck({ octokit, target, identity, ...place }: CheckPlace): Promise<number | undefined> {
  const { data } = await octokit.rest.checks.listForRef({
    ...target,
    ref: place.sha,
    check_name: place.name,
    app_id: identity.appId,
    filter: 'all',
    per_page: 100,
  });
  const ours = data.check_runs.filter(
    ({ app, external_id: externalId }) => app?.id === identity.appId && externalId === place.externalId,
  );
  return ours[0]?.id;
}

/** False when GitHub no longer has it. */
export async function updateCheck(
  { octokit, target }: Pick<CheckPlace, 'octokit' | 'target'>,
  id: number,
  content: CheckContent,
): Promise<boolean> {
  try {
    await octokit.rest.checks.update({ ...target, check_run_id: id, ...fieldsOf(content) });
    return true;
  } catch (error) {
    if (isNotFound(error)) {
      return false;
    }
    throw error;
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
