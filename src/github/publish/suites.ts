import { shortDigest } from '../../domain/digest.ts';
import type { SuiteReport } from '../../reconcile/reporter.ts';
import type { CheckContent } from '../report/check.ts';
import { renderSuiteCheck, suiteCheckName, suiteExternalId } from '../report/suite-check.ts';
import { type CheckPlace, writeCheck } from './check-run.ts';
import { beginToSay, type Publishing } from './publishing.ts';

/** A check run for each run of a suite, on the commit that it tests; it stays there when the head moves on. */
export async function publishSuites(publishing: Publishing): Promise<void> {
  for (const suite of publishing.report.suites) {
    await publishSuite(publishing, suite);
  }
}

async function publishSuite(publishing: Publishing, suite: SuiteReport): Promise<void> {
  const { memory, report } = publishing;
  const content: CheckContent = renderSuiteCheck(suite, publishing);
  const digest = shortDigest(JSON.stringify(content), 32);
  const kind = `check/${suite.life}/${suite.key}` as const;
  const known = await memory.get(kind);
  if (known?.digest === digest) {
    return;
  }
  await beginToSay(memory, kind, known);
  const externalId = suiteExternalId(report.environment, suite);
  const place: CheckPlace = { ...publishing, name: suiteCheckName(suite.suite), sha: suite.sha, externalId };
  const id = await writeCheck(place, content, { rememberedId: known && Number(known.externalId), create: true });
  if (id !== undefined) {
    await memory.put(kind, { externalId: String(id), digest, sha: suite.sha });
  }
}
