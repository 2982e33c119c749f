const ANSWER_MILLISECONDS = 10_000;

/**
 * Posts a text to the channel of an incoming webhook (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks).
 * The URL is a secret: whoever has it may post, so no error holds it. Rejects when Slack did not take the text.
 */
export async function postToSlack(url: string, text: string, send: typeof fetch): Promise<void> {
  if (URL.parse(url)?.protocol !== 'https:') {
    throw new Error('the URL of the Slack webhook is no https URL');
  }
  let status: number;
  try {
    const response = await send(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: escaped(text), mrkdwn: false }),
      signal: AbortSignal.timeout(ANSWER_MILLISECONDS),
    });
    ({ status } = response);
  } catch (error) {
    // Neither the error nor its cause is passed on: both may quote the address.
    throw new Error(`Slack did not answer (${error instanceof Error ? error.name : 'unknown'})`);
  }
  if (status !== 200) {
    throw new Error(`Slack answered ${status}`);
  }
}

/** The three characters that Slack reads as its own (https://docs.slack.dev/messaging/formatting-message-text). */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
