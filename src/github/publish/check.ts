import { shortDigest } from '../../domain/digest.ts';
import type { Publication } from '../../reconcile/reporter.ts';
import { CHECK_NAME, renderCheck, renderSupersededCheck } from '../report/check.ts';
import { endedBeforeItBegan } from '../report/words.ts';
import { type CheckPlace, ownChecks, updateCheck, writeCheck } from './check-run.ts';
import { type Publishing, rememberedIn } from './publishing.ts';

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
  const place = { ...publishing, name: CHECK_NAME, sha: report.headSha, externalId: report.environment.id };
  if (known && !isCurrent) {
    await supersede({ ...place, sha: known.sha }, known, publishing);
  }
  // Before it is made: whoever dies in between has to know on which commit to look for it.
  await memory.put('check', { externalId: isCurrent ? known.externalId : '', digest: '', sha: report.headSha });
  const rememberedId = isCurrent ? rememberedIn(known) : undefined;
  const id = await writeCheck(place, content, { rememberedId, create: !endedBeforeItBegan(report) });
  if (id !== undefined) {
    await memory.put('check', { externalId: String(id), digest, sha: report.headSha });
  }
}

async function supersede(
  place: CheckPlace,
  known: Publication,
  { report: { headSha }, pageUrl }: Publishing,
): Promise<void> {
  const id = rememberedIn(known);
  for (const each of id === undefined ? await ownChecks(place) : [id]) {
    await updateCheck(place, each, renderSupersededCheck(headSha, pageUrl));
  }
}
