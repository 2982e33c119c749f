import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { SpecOf } from '../../src/domain/resource.ts';
import { createPlanner } from '../../src/reconcile/plan/create-planner.ts';
import { environmentRecord } from '../support/environment-record.ts';
import { testPlatform } from '../support/platform.ts';

const root = new URL('../../', import.meta.url);
const blueprint = readFileSync(new URL('examples/dvsa-vol/ephemeral.yml', root), 'utf8');
const contexts = { api: {}, selfserve: {}, internal: {}, cli: { context: '.', file: 'infra/docker/cli/Dockerfile' } };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mayfly-image-plan-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The step of the workflow that says what to build, as it stands in the file. */
function scriptOf(): string {
  const file: unknown = parse(readFileSync(new URL('.github/workflows/application-cd.yml', root), 'utf8'));
  const { jobs } = file as { jobs: { images: { steps: { id?: string; run?: string }[] } } };
  return jobs.images.steps.find(({ id }) => id === 'plan')?.run ?? '';
}

interface Commit {
  readonly branch: string;
  readonly changed: readonly string[];
  readonly text?: string;
  readonly service?: string;
}

const { headSha: sha } = environmentRecord(7).intent;
const platform = testPlatform();

function plannedByWorkflow({ branch, changed, text = blueprint, service = '' }: Commit): string[] {
  writeFileSync(join(folder, 'plan'), scriptOf());
  writeFileSync(join(folder, 'blueprint.json'), JSON.stringify(parse(text)));
  writeFileSync(join(folder, 'changed-paths.txt'), `${changed.join('\n')}\n`);
  writeFileSync(join(folder, 'sha.txt'), `${sha}\n`);
  const told = {
    BRANCH: branch,
    CONTEXTS: JSON.stringify(contexts),
    REGISTRY: platform.registry.host,
    SERVICE: service,
  };
  execFileSync(process.execPath, [join(folder, 'plan')], {
    env: { ...told, RUNNER_TEMP: folder, GITHUB_OUTPUT: join(folder, 'output') },
    stdio: 'pipe',
  });
  const [, matrix = '{}'] = /^matrix=(.*)$/m.exec(readFileSync(join(folder, 'output'), 'utf8')) ?? [];
  const { include } = JSON.parse(matrix) as { include: { reference: string }[] };
  return include.map(({ reference }) => reference).toSorted();
}

/** What Mayfly waits for under the commit's own tag. */
function awaitedByMayfly({ branch, changed, text = blueprint }: Commit): string[] {
  const planner = createPlanner({ platform, blueprintPath: '.github/ephemeral.yml' });
  const base = 'c'.repeat(40);
  const planning = planner.plan(environmentRecord(7, { intent: { headRef: branch } }), {
    headSha: sha,
    readAt: '2026-11-20T09:00:00Z',
    blueprint: text,
    changedPaths: changed,
    baseCommits: { api: base, selfserve: base, internal: base, 'cache-clear': base },
  });
  const nodes = planning.ok ? planning.plan.nodes : [];
  const awaited = nodes
    .filter(({ kind }) => kind === 'image')
    .flatMap((node) => (node.spec({ outputs: () => ({}) }) as SpecOf<'image'>).candidates)
    .filter(({ origin }) => origin === 'head')
    .map(({ registry, repository, tag }) => `${registry}/${repository}:${tag}`);
  return [...new Set(awaited)].toSorted();
}

const everything = blueprint.replace(/ {2}fallback:.*\n/, '');
const platformPath = blueprint.replace(/registry: .*/, 'registry: vol-app');

describe('what the workflow of an application builds', () => {
  it.each<[string, Commit]>([
    ['one service', { branch: 'VOL-7442', changed: ['app/selfserve/index.php'] }],
    ['all that share a folder', { branch: 'fix/ecs_service_loadBalancer_logic', changed: ['lib/x.php', 'README.md'] }],
    ['nothing', { branch: 'main-copy', changed: ['library/x.php', 'docs/api.md'] }],
    ['everything, where nothing falls back', { branch: 'release-8.1.x', changed: ['README.md'], text: everything }],
    [
      'a path of the platform’s registry',
      { branch: 'VOL-5794-bash&python-jobs', changed: ['app/api/x'], text: platformPath },
    ],
    ['a branch that is cut', { branch: `feat-${'x'.repeat(120)}`, changed: ['app/internal/a'] }],
  ])('is what Mayfly waits for: %s', (_, commit) => {
    const awaited = awaitedByMayfly(commit);
    expect(plannedByWorkflow(commit)).toEqual(awaited);
    expect(awaited.length === 0).toBe(commit.changed.includes('docs/api.md'));
  });

  it('is the image of one service, where that is asked for', () => {
    const asked = { branch: 'VOL-7442', changed: ['lib/x.php'], service: 'cache-clear' };
    expect(plannedByWorkflow(asked)).toEqual([expect.stringMatching(/\/vol-app\/cli:branch-vol-7442-ec021a6b1f$/)]);
  });
});
