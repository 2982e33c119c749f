import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

const manifest = parse(readFileSync(new URL('../../app.yml', import.meta.url), 'utf8')) as {
  default_permissions: Record<string, string>;
  default_events: string[];
};

describe('app.yml', () => {
  it('asks for what the code calls, and for nothing more', () => {
    expect(manifest.default_permissions).toEqual({
      checks: 'write',
      contents: 'read',
      deployments: 'write',
      issues: 'write',
      metadata: 'read',
      pull_requests: 'write',
    });
  });

  it('hears the events that the handlers listen to', () => {
    expect(manifest.default_events).toEqual(['check_run', 'issue_comment', 'pull_request']);
  });
});
