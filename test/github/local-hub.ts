import { afterEach } from '@jest/globals';
import type { Probot } from 'probot';
import { createSteppedClock, type SteppedClock } from '../../sim/clock.ts';
import { type MinimalSeed, seedMinimal } from '../../sim/github/seeds/minimal.ts';
import { type GitHubSimulator, startGitHubSimulator } from '../../sim/github/server.ts';
import { createOctokitSource, type OctokitSource } from '../../src/github/octokit-source.ts';
import { createProbot } from '../../src/github/probot.ts';
import { createCapturedLog } from './captured-log.ts';
import { SECRET } from './running-app.ts';

/** The local GitHub with one pull request, and the app's own clients for it. */
export interface LocalHub {
  readonly github: GitHubSimulator;
  readonly clock: SteppedClock;
  readonly seed: MinimalSeed;
  readonly probot: Probot;
  readonly octokits: OctokitSource;
  readonly identity: { readonly appId: number; readonly ownLogin: string };
  readonly head: string;
}

const open: GitHubSimulator[] = [];

/** Closes what the test opened, and fails it where the local GitHub itself departed from GitHub's description. */
afterEach(async () => {
  for (const github of open.splice(0)) {
    await github.settled();
    await github.close();
    expectNoViolations(github.violations);
  }
});

function expectNoViolations(violations: readonly string[]): void {
  if (violations.length > 0) {
    throw new Error(`the local GitHub is not like GitHub: ${violations.join('; ')}`);
  }
}

/** `credentialsFollowClock`: tokens expire by the stepped clock, not by real time. */
export async function startLocalHub({ credentialsFollowClock = false } = {}): Promise<LocalHub> {
  const startAt = credentialsFollowClock ? new Date() : new Date('2026-11-22T22:40:00Z');
  const clock = createSteppedClock({ startAt });
  const github = await startGitHubSimulator({ clock, ...(credentialsFollowClock ? { clientClock: clock } : {}) });
  open.push(github);
  const seed = seedMinimal(github);
  const { id: appId, slug, privateKeyPem } = github.app;
  const probot = await createProbot({
    appId,
    privateKey: privateKeyPem,
    webhookSecret: SECRET,
    baseUrl: github.url,
    log: createCapturedLog().log,
    spacedWrites: false,
  });
  const head = github.store.repository(seed.repository).branches.get(seed.branch) ?? '';
  return {
    github,
    clock,
    seed,
    probot,
    octokits: createOctokitSource(probot),
    identity: { appId, ownLogin: `${slug}[bot]` },
    head,
  };
}
