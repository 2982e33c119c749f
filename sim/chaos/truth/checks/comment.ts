import { type Case, isUp, type JudgedCloud, type PullCase } from '../case.ts';
import { notOfHead } from '../served.ts';
import { type Violation, violation } from '../violation.ts';

/** One comment of ours a pull request, and what it says is so. */
export async function checkComments({ cloud, pulls }: Case): Promise<Violation[]> {
  const judged = await Promise.all(pulls.map(async (pull) => [...howMany(pull), ...(await untruths(cloud, pull))]));
  return judged.flat();
}

function howMany(pull: PullCase): Violation[] {
  const { comments, environment } = pull;
  if (comments.length > 1) {
    return [violation(10, environment, `it has ${comments.length} comments of ours with the environment's marker`)];
  }
  const isMissing = comments.length === 0 && (isUp(pull) || pull.wanted === 'present');
  return isMissing && pull.shape ? [violation(10, environment, 'it has no comment of ours')] : [];
}

async function untruths(cloud: JudgedCloud, pull: PullCase): Promise<Violation[]> {
  const body = pull.comments[0]?.body;
  if (body === undefined) {
    return [];
  }
  const heading = headingOf(body);
  const wrong = [...againstWhatIsOwed(pull, heading), ...(await againstTheWorld(cloud, pull, body))];
  return wrong.map((what) => violation(10, pull.environment, `its comment says "${heading}", and ${what}`));
}

/** What it says of the environment, against what the pull request is owed. */
function againstWhatIsOwed({ wanted, shape }: PullCase, heading: string): string[] {
  const state = stateIn(heading);
  if (state === 'ready' || state === 'waiting') {
    return wanted === 'absent' ? ['nothing is owed'] : [];
  }
  const denies = state === 'ended' || state === 'refused';
  return denies && wanted === 'present' && shape ? ['it is wanted'] : [];
}

async function againstTheWorld(cloud: JudgedCloud, pull: PullCase, body: string): Promise<string[]> {
  switch (stateIn(headingOf(body))) {
    case 'ready':
      return [
        ...notOfHead(cloud.aws.world, pull),
        ...wrongSha(pull, body),
        ...(isUp(pull) ? [] : ['nothing of it stands']),
        ...(await deadLinks(cloud, body)),
      ];
    case 'waiting':
    case 'ended':
    case 'refused':
      return isUp(pull) ? [`${pull.things.length} things of it stand`] : [];
    case 'held':
      return isHeld(pull) ? [] : ['a person pushed the head to the repository'];
    case 'failing':
    case 'on its way':
      return ['the world has settled'];
  }
}

/** Its head comes from a fork, or from a bot, and waits for somebody who has read it. */
function isHeld({ pull }: PullCase): boolean {
  return pull.head.repository.parent !== undefined || authorOf(pull)?.type === 'Bot';
}

function authorOf({ head }: PullCase['pull']) {
  return head.repository.commits.get(head.sha)?.author;
}

type State = 'ready' | 'held' | 'waiting' | 'ended' | 'refused' | 'failing' | 'on its way';

function headingOf(body: string): string {
  return (/^### (.*)$/m.exec(body)?.[1] ?? '').trim();
}

/** In the words people read, which nobody changes without a reason. */
function stateIn(heading: string): State {
  const states: readonly (readonly [RegExp, State])[] = [
    [/^🟢 .* is ready$/, 'ready'],
    [/^✋ /, 'held'],
    [/^⏳ /, 'waiting'],
    [/^⚪ .* was (removed|not made)/, 'ended'],
    [/^⛔ /, 'refused'],
    [/^🔴 /, 'failing'],
  ];
  return states.find(([pattern]) => pattern.test(heading))?.[1] ?? 'on its way';
}

function wrongSha({ pull }: PullCase, body: string): string[] {
  const said = /\*\*Serving\*\* `([0-9a-f]+)`/.exec(body)?.[1] ?? 'nothing';
  return pull.head.sha.startsWith(said)
    ? []
    : [`it says that it serves ${said}, and the head is ${pull.head.sha.slice(0, 7)}`];
}

async function deadLinks({ fetch }: JudgedCloud, body: string): Promise<string[]> {
  const links = [...body.matchAll(/<(https?:\/\/[^>\s]+)>/g)].map(([, href = '']) => href);
  const answers = await Promise.all(
    links.map(async (href) => ({ href, status: (await fetch(href, { redirect: 'manual' })).status })),
  );
  return answers.filter(({ status }) => status >= 400).map(({ href, status }) => `${href} answers ${status}`);
}
