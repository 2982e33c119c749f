import { createRequire } from 'node:module';

type Payload = Record<string, unknown>;

interface Examples {
  readonly name: string;
  readonly examples: readonly Payload[];
}

/** GitHub's own example payloads: of the size and the shape that a real repository's are. */
const examples = createRequire(import.meta.url)('@octokit/webhooks-examples') as readonly Examples[];

/** What is sent, as often as one likes. */
export interface Message {
  readonly event: string;
  /** A JSON object. */
  readonly body: string;
  /** What it is signed with. */
  readonly secret: string;
  /** `kept`: Mayfly has to write it down before it says 2xx. `let-go`: 2xx, and nothing of it. `refused`: forged. */
  readonly fate: 'kept' | 'let-go' | 'refused';
}

/** Messages of one kind, and how many of a thousand deliveries are of it. */
export interface Kind {
  readonly name: string;
  readonly share: number;
  readonly messages: readonly Message[];
}

export interface Place {
  readonly secret: string;
  readonly repository: string;
  readonly installationId: number;
  /** Logins of somebody who may command, and of somebody who may not. */
  readonly writer: string;
  readonly outsider: string;
  /** Pull requests that are there, and can be commented on. */
  readonly pulls: readonly number[];
}

/** A repository's pull requests; most are known to nobody but by what is delivered of them. */
const PULLS = 200;
const FIRST_PULL = 50_000;

/** The mix of a busy repository: mostly what is nothing to Mayfly, pushes, and few commands. */
export function createKinds(place: Place): readonly Kind[] {
  const anywhere = Array.from({ length: PULLS }, (_, index) => FIRST_PULL + index);
  const of = ([name, action]: readonly [string, string?], fate: Message['fate'], change?: Change) =>
    anywhere.map((number) => message(place, { name, action, fate, number, change }));
  const said = (body: string, login: string) =>
    place.pulls.map((number) => message(place, { ...COMMENT, fate: 'kept', number, change: comment(body, login) }));
  return [
    { name: 'push', share: 180, messages: of(['push'], 'let-go') },
    { name: 'check run', share: 160, messages: of(['check_run', 'completed'], 'let-go') },
    { name: 'check suite', share: 60, messages: of(['check_suite', 'completed'], 'let-go') },
    { name: 'workflow run', share: 80, messages: of(['workflow_run', 'completed'], 'let-go') },
    { name: 'workflow job', share: 80, messages: of(['workflow_job', 'completed'], 'let-go') },
    { name: 'status', share: 60, messages: of(['status'], 'let-go') },
    { name: 'review comment', share: 60, messages: of(['pull_request_review_comment', 'created'], 'let-go') },
    { name: 'another label', share: 30, messages: of(['pull_request', 'labeled'], 'let-go') },
    { name: 'chat', share: 70, messages: of(['issue_comment', 'created'], 'let-go', comment('LGTM', place.writer)) },
    { name: 'pull request pushed to', share: 120, messages: of(['pull_request', 'synchronize'], 'kept', opened) },
    { name: 'pull request edited', share: 30, messages: of(['pull_request', 'edited'], 'kept', opened) },
    { name: 'pull request closed', share: 30, messages: of(['pull_request', 'closed'], 'kept') },
    { name: 'command', share: 10, messages: said('/ephemeral status', place.writer) },
    { name: "stranger's command", share: 5, messages: said('/ephemeral destroy', place.outsider) },
    { name: 'forged', share: 25, messages: of(['push'], 'refused') },
  ];
}

const COMMENT = { name: 'issue_comment', action: 'created' };

type Change = (payload: Payload) => void;

function comment(body: string, login: string): Change {
  return (payload) => {
    Object.assign(payload['comment'] as Payload, { body });
    Object.assign(payload['issue'] as Payload, { pull_request: { url: 'https://api.github.com/' } });
    payload['sender'] = { login, type: 'User' };
  };
}

function opened(payload: Payload): void {
  Object.assign(payload['pull_request'] as Payload, { state: 'open' });
}

function message(
  { secret, repository, installationId }: Place,
  {
    name,
    action,
    fate,
    number,
    change,
  }: {
    name: string;
    action: string | undefined;
    fate: Message['fate'];
    number: number;
    change?: Change | undefined;
  },
): Message {
  const payload = structuredClone(exampleOf(name, action));
  Object.assign(payload['repository'] as Payload, { full_name: repository });
  payload['installation'] = { id: installationId };
  for (const part of ['pull_request', 'issue']) {
    if (payload[part]) {
      Object.assign(payload[part], { number });
    }
  }
  change?.(payload);
  return { event: name, body: JSON.stringify(payload), secret: fate === 'refused' ? 'not the secret' : secret, fate };
}

/** One of that action, or else of any other, told of that one. */
function exampleOf(name: string, action: string | undefined): Payload {
  const all = (examples.find((each) => each.name === name)?.examples ?? []).filter((example) => example['repository']);
  const found = all.find((example) => example['action'] === action) ?? all[0];
  if (!found) {
    throw new Error(`GitHub gives no example of ${name}`);
  }
  return action === undefined ? found : { ...found, action };
}
