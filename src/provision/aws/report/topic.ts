import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Sender } from '../clients.ts';
import { ask } from '../errors.ts';

/** Publishes to a topic, whose subscribers get the text as it is. `subject`: at most 100 characters, printable ASCII. */
export async function publishReport(
  sns: Sender<SNSClient>,
  { topicArn, subject, text }: { topicArn: string; subject: string; text: string },
): Promise<void> {
  await ask('publishing the report', () =>
    sns.send(new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: text })),
  );
}
