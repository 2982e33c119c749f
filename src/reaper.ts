import { setTimeout as sleep } from 'node:timers/promises';
import { SNSClient } from '@aws-sdk/client-sns';
import { pino } from 'pino';
import { parsePlatform } from './config/platform.ts';
import { parseReaperConfig, type ReaperConfig } from './config/reaper.ts';
import { postToSlack } from './notify/slack-webhook.ts';
import { readAccountId } from './provision/aws/account.ts';
import { type AwsClients, createAwsClients } from './provision/aws/clients.ts';
import { readPlatformDocument } from './provision/aws/platform-document.ts';
import { publishReport } from './provision/aws/report/topic.ts';
import { readWebhookUrl } from './provision/aws/report/webhook-secret.ts';
import { reapAccount } from './reap-account.ts';
import { hasFailed, type ReapReport } from './reconcile/orphans/reap-report.ts';
import { type ReportText, reportText } from './reconcile/orphans/reap-text.ts';
import { quietLogger } from './telemetry/quiet-log.ts';

/** What the reaper takes of a Lambda's context. */
interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

/**
 * The Lambda. What started it does not matter: it looks at what there is. It throws when something was not done that
 * should have been, so that Lambda runs it again and then hands the event to the dead letters.
 */
export async function handler(_event: unknown, context: LambdaContext): Promise<ReapReport> {
  const log = quietLogger(pino({ base: null }));
  const config = parseReaperConfig(process.env);
  const clients = createAwsClients({
    region: config.region,
    ...(config.endpointUrl === undefined ? {} : { endpoint: config.endpointUrl }),
  });
  const platform = parsePlatform(await readPlatformDocument(clients.ssm, config.platformParameter));
  const accountId = await readAccountId(clients.sts);
  if (accountId !== platform.accountId) {
    throw new Error(`this is account ${accountId}, and the platform document names ${platform.accountId}`);
  }
  const clock = { now: () => new Date(), wallMilliseconds: (seconds: number) => seconds * 1000 };
  const pause = async (seconds: number) => await sleep(seconds * 1000);
  const report = await reapAccount({
    clients,
    platform,
    fetch,
    clock,
    graceSeconds: config.graceSeconds,
    dryRun: config.dryRun,
    remainingSeconds: () => context.getRemainingTimeInMillis() / 1000,
    pause,
    onUnexpected: (where, error) => log.error({ err: error, where }, 'an error that no adapter knows'),
  });
  for (const environment of report.environments) {
    log.info({ environment, dryRun: report.dryRun }, 'the reaper looked after an environment');
  }
  log.info({ seen: report.seen, told: report.environments.length, dryRun: report.dryRun }, 'the reaper is through');
  const text = reportText(report, platform.name);
  if (text) {
    await tell(text, { config, clients });
  }
  if (hasFailed(report)) {
    throw new Error('environments could not be removed whole, and somebody has to act: the report says which');
  }
  return report;
}

/** Both are told, even if one cannot be. Throws when one could not. */
async function tell(
  { subject, text }: ReportText,
  { config, clients }: { config: ReaperConfig; clients: AwsClients },
): Promise<void> {
  const { reportTopicArn: topicArn, slackWebhookSecretArn: secretArn, region, endpointUrl } = config;
  const told = await Promise.allSettled([
    topicArn === undefined
      ? undefined
      : publishReport(new SNSClient({ region, ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }) }), {
          topicArn,
          subject,
          text,
        }),
    secretArn === undefined
      ? undefined
      : readWebhookUrl(clients.secrets, secretArn).then(
          async (url) => await postToSlack(url, `${subject}\n\n${text}`, fetch),
        ),
  ]);
  const failed = told.filter((one) => one.status === 'rejected').map(({ reason }) => reason as unknown);
  if (failed.length > 0) {
    throw new AggregateError(failed, 'the report could not be told');
  }
}
