import { approvalLine } from '../../../src/domain/approval.ts';
import { askedAfter, asksForTime, isCommand } from './asked.ts';
import { openPull, pullOf, pushTo, type Role } from './cast.ts';
import { deleteByHand } from './delete-by-hand.ts';
import { judge } from './judge.ts';
import type { Performance, Play } from './performance.ts';
import type { Scene } from './stage.ts';
import type { Step } from './step.ts';
import { troubleAws, troubleGitHub, troubleWebhooks } from './trouble.ts';

export type PullStep = Extract<Step, { pull: number }>;
type WorldStep = Exclude<Step, PullStep>;

/** Has it happen, unless it cannot as the world stands. */
export async function playStep(performance: Performance, step: Step): Promise<void> {
  if (!('pull' in step)) {
    await playInWorld(performance, step);
    return;
  }
  await playOnPull(performance, step);
}

/** The same of a step that is about a pull request. */
export async function playOnPull(performance: Play, step: PullStep): Promise<void> {
  if (step.do === 'open') {
    await open(performance, step);
    return;
  }
  const role = performance.cast.get(step.pull);
  if (!role) {
    return;
  }
  if (step.do === 'delete by hand') {
    await deleteByHand(performance.stage, `pr-${role.number}`, step.what);
    return;
  }
  const before = eventsOf(performance, role);
  await actOn(performance, role, step);
  if (eventsOf(performance, role) !== before) {
    remember(performance, role, step);
  }
}

async function open(performance: Play, step: Extract<Step, { do: 'open' }>): Promise<void> {
  const { stage, cast } = performance;
  if (!cast.has(step.pull)) {
    const role = await openPull(stage, step);
    cast.set(step.pull, role);
    beTroubled(performance, role);
  }
}

async function actOn(
  { stage }: Play,
  { number, approved }: Role,
  step: Exclude<PullStep, { do: 'open' | 'delete by hand' }>,
): Promise<void> {
  const { github, seed, label } = stage.cloud;
  const { developer, outsider, dependabot } = seed.people;
  const at = { repository: seed.repository, number, actor: developer };
  const { actions } = github;
  switch (step.do) {
    case 'label':
      return attempt(() => actions.label({ ...at, label }));
    case 'label as a bot':
      return attempt(() => actions.label({ ...at, actor: dependabot, label }));
    case 'unlabel':
      return attempt(() => actions.unlabel({ ...at, label }));
    case 'close':
      return attempt(() => actions.close(at));
    case 'reopen':
      return attempt(() => actions.reopen(at));
    case 'merge':
      return attempt(() => actions.merge(at));
    case 'push':
      await pushTo(stage, { ...step, number, actor: step.who === 'bot' ? dependabot : developer });
      return step.who === 'bot' ? attempt(() => approveHead(stage, at, approved)) : undefined;
    case 'say': {
      const actor = { developer, outsider, bot: dependabot }[step.who];
      return attempt(() => actions.comment({ ...at, actor, body: step.body }));
    }
  }
}

/** Somebody reads what the bot has pushed, without which it would never run. */
function approveHead(
  { cloud }: Scene,
  at: { repository: string; number: number; actor: string },
  approved: Set<string>,
): void {
  const { sha } = pullOf(cloud, at.number).head;
  approved.add(sha);
  cloud.github.actions.comment({ ...at, body: approvalLine(sha) });
}

/** GitHub's pages offer nobody a button that would be refused. */
function attempt(act: () => unknown): void {
  try {
    act();
  } catch {
    // It is closed, merged, or bears no such label.
  }
}

/** Changes whenever something was told of the pull request. */
function eventsOf({ stage }: Play, { number }: Role): string {
  const { state, labels, head, merge } = pullOf(stage.cloud, number);
  const { comments } = stage.cloud.github.store.repository(stage.cloud.seed.repository);
  return JSON.stringify([state, labels, head.sha, merge?.sha, comments.size]);
}

function remember(performance: Play, role: Role, step: PullStep): void {
  const { cloud } = performance.stage;
  const { state, labels } = pullOf(cloud, role.number);
  const before = role.asked;
  beTroubled(performance, role);
  role.asked = askedAfter(step, { asked: before, isOpen: state === 'open', isLabelled: labels.includes(cloud.label) });
  role.commanded ||= isCommand(step);
  if (role.asked !== before || asksForTime(step)) {
    role.mayMove.push(cloud.clock.now());
  }
}

function beTroubled(performance: Play, role: Role): void {
  if (performance.troubledWebhooks > 0) {
    performance.troubledWebhooks -= 1;
    role.unsure = true;
  }
}

async function playInWorld(performance: Performance, step: WorldStep): Promise<void> {
  const { stage } = performance;
  const { clock } = stage.cloud;
  switch (step.do) {
    case 'wait':
      return await clock.sleep(step.seconds);
    case 'jump':
      return clock.jump(step.seconds);
    case 'webhooks':
      return bringWebhookTrouble(performance, step);
    case 'AWS':
      return troubleAws(stage, step);
    case 'GitHub':
      return troubleGitHub(stage, step);
    case 'rest':
      return await rest(performance);
    case 'cut database':
      return stage.line.cut();
    case 'database down':
      await stage.line.down();
      await clock.sleep(step.seconds);
      return await stage.line.up();
    case 'restart':
      return await stage.restart();
    case 'second worker':
      return await stage.join();
    case 'end second worker':
      return await stage.leave();
  }
}

function bringWebhookTrouble(performance: Performance, step: Extract<Step, { do: 'webhooks' }>): void {
  performance.troubledWebhooks += step.trouble === 'doubled' ? 0 : step.times;
  troubleWebhooks(performance.stage, step);
}

/** In looks, as the settling is: how long an environment takes depends on the machine, and not only on the clock. */
const LOOKS_AT_REST = 40;
const REST_SECONDS = 20;

async function rest(performance: Performance): Promise<void> {
  const { clock, github } = performance.stage.cloud;
  for (let look = 0; look < LOOKS_AT_REST; look += 1) {
    await github.settled();
    // The database may have been cut off a moment ago.
    const untrue = await judge(performance).catch(() => undefined);
    if (untrue?.length === 0) {
      return;
    }
    await clock.sleep(REST_SECONDS);
  }
}
