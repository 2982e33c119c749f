import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { processConformance } from '../../../sim/github/conformance.ts';
import { isJsonObject, type JsonObject } from '../../../sim/github/json.ts';

/** Published samples that GitHub's own schemas refuse: they are older than a field, or were cut from an old Enterprise. */
const outdated = new Set([
  'check_run.created 0',
  'check_run.rerequested 7',
  'check_run.rerequested 8',
  'check_suite.completed 0',
  'deployment.created 0',
  'deployment_status.created 0',
  'installation.deleted 0',
  'installation_repositories.added 0',
  'issue_comment.created 0',
  'label.deleted 0',
  'ping 0',
  'pull_request.opened 0',
  'push 0',
  'workflow_run.completed 0',
]);

const ours = new Set([...outdated].map((name) => name.split(/[. ]/)[0]));

function examples(): { name: string; event: string; payload: JsonObject }[] {
  const require = createRequire(import.meta.url);
  const path = require.resolve('@octokit/webhooks-examples');
  const index: { name: string; examples: unknown[] }[] = JSON.parse(readFileSync(path, 'utf8'));
  return index
    .filter(({ name }) => ours.has(name))
    .flatMap(({ name: event, examples: payloads }) =>
      payloads.filter(isJsonObject).map((payload, position) => {
        const action = typeof payload['action'] === 'string' ? `.${payload['action']}` : '';
        return { name: `${event}${action} ${position}`, event, payload };
      }),
    );
}

describe('the judge of our webhooks', () => {
  const { webhooks } = processConformance();

  it('accepts GitHub’s own examples of the same events, but for the outdated ones', () => {
    const refused = examples().filter(({ event, payload }) => webhooks(event, payload).length > 0);
    expect(refused.map(({ name }) => name)).toEqual([...outdated]);
    expect(examples().length).toBeGreaterThan(80);
  });

  it('refuses an example that lost a field, gained one or has a wrong one', () => {
    const example = examples().find(({ name }) => name.startsWith('pull_request.labeled'));
    const payload = example?.payload ?? {};
    const { number: _, ...without } = payload;
    expect(webhooks('pull_request', payload)).toEqual([]);
    expect(webhooks('pull_request', without)).not.toEqual([]);
    expect(webhooks('pull_request', { ...payload, extra: 1 })).not.toEqual([]);
    expect(webhooks('pull_request', { ...payload, number: 'one' })).not.toEqual([]);
    expect(webhooks('no_such_event', payload)).not.toEqual([]);
  });
});
