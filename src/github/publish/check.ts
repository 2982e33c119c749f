import { shortDigest } from '../../domain/digest.ts';
import { CHECK_NAME, renderCheck, renderSupersededCheck } from '../report/check.ts';
import { endedBeforeItBegan } from '../report/words.ts';
import { updateCheck, writeCheck } from './check-run.ts';
import { beginToSay, type Publishing } from './publishing.ts';

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
  await beginToSay(memory, 'check', known);
  const place = { ...publishing, name: CHECK_NAME, sha: report.headSha, externalId: report.environment.id };
  if (known && !isCurrent) {
    const before = { ...place, sha: known.sha };
    await updateCheck(before, Number(known.externalId), renderSupersededCheck(report.headSha, pageUrl));
  }
  const rememberedId = isCurrent ? Number(known.externalId) : undefined;
  const id = await writeCheck(place, content, { rememberedId, create: !endedBeforeItBegan(report) });
  if (id !== undefined) {
    await memory.put('check', { externalId: String(id), digest, sha: report.headSha });
  }
}
