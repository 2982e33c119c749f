import { describe, expect, it } from '@jest/globals';
import { postToSlack } from '../../src/notify/slack-webhook.ts';

const URL_OF_IT = 'https://hooks.slack.example/services/T000/B000/s3cr3t';

describe('posting to Slack', () => {
  it('sends the text as text, with nothing that Slack would read as its own', async () => {
    const sent: unknown[] = [];
    await postToSlack(URL_OF_IT, 'pr-7 <!channel> & more', async (url, init) => {
      sent.push(url, JSON.parse(init?.body as string));
      return await Promise.resolve(new Response('ok'));
    });
    expect(sent).toEqual([URL_OF_IT, { text: 'pr-7 &lt;!channel&gt; &amp; more', mrkdwn: false }]);
  });

  it.each<[string, typeof fetch]>([
    ['refuses', async () => await Promise.resolve(new Response('no_service', { status: 404 }))],
    ['does not answer', async () => await Promise.reject(new Error(`connecting to ${URL_OF_IT}`))],
  ])('fails without a word of the address when Slack %s', async (_what, send) => {
    const failed = await postToSlack(URL_OF_IT, 'x', send).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Error);
    expect(`${(failed as Error).stack} ${String((failed as Error).cause)}`).not.toContain('s3cr3t');
  });

  it('sends nothing to an address that is none of https', async () => {
    await expect(postToSlack('http://hooks.slack.example/x', 'x', fetch)).rejects.toThrow('no https URL');
  });
});
