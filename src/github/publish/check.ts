import { shortDigest } from '../../domain/digest.ts';
import { isNotFound } from '../errors.ts';
import { CHECK_NAME, type CheckContent, renderCheck, renderSupersededCheck } from '../report/check.ts';
import { endedBeforeItBegan } from '../report/words.ts';
import type { Publishing } from './publishing.ts';

/** The check run of the head's commit; the one before it is completed as superseded, so that no old commit shows green work in hand. */
export async function publishCheck(publishing: Publishing): Promise<void> {
  const { report, memory, pageUrl, schemaUrl } = publishing;
  const content = renderCheck(report, pageUrl, schemaUrl);
  const digest = shortDigest(JSON.stringify(content), 32);
  const known = await memory.get('check');
  const isCurrent = known?.sha === report.headSha;
  if (isCurrent && known.digest === digest) {
    return;
  }
  if (known && !isCurrent) {
    await updateCheck(publishing, Number(known.externalId), renderSupersededCheck(report.headSha, pageUrl));
  }
  const id = await writeCheck(publishing, content, isCurrent ? Number(known.externalId) : undefined);
  if (id !== undefined) {
    await memory.put('check', { externalId: String(id), digest, sha: report.headSha });
  }
}

async function writeCheck(
  publishing: Publishing,
  content: CheckContent,
  rememberedId: number | undefined,
): Promise<number | undefined> {
  const id = rememberedId ?? (await findCheck(publishing));
  if (id !== undefined && (await updateCheck(publishing, id, content))) {
    return id;
  }
  const { octokit, target, report } = publishing;
  if (endedBeforeItBegan(report)) {
    return undefined;
  }
  const { data } = await octokit.rest.checks.create({
    ...target,
    name: CHECK_NAME,
    head_sha: report.headSha,
    external_id: report.environment.id,
    ...fieldsOf(content),
  });
  return data.id;
}

/** Ours on the head's commit, of this very pull request: several may share a commit. */
async function findCheck({ octokit, target, report, identity }: Publishing): Promise<number | undefined> {
  const { data } = await octokit.rest.checks.listForRef({
    ...target,
    ref: report.headSha,
    check_name: CHECK_NAME,
    app_id: identity.appId,
    per_page: 100,
  });
  const ours = data.check_runs.filter(
    ({ app, external_id: externalId }) => app?.id === identity.appId && externalId === report.environment.id,
  );
  return ours[0]?.id;
}

/** False when GitHub no longer has it. */
async function updateCheck({ octokit, target }: Publishing, id: number, content: CheckContent): Promise<boolean> {
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
