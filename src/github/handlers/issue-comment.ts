import type { Context, Probot } from 'probot';
import { type Command, type ParsedComment, parseCommands } from '../../domain/command.ts';
import type { Ask, IntakeEvent, PullRequestSnapshot } from '../../reconcile/intake.ts';
import type { ReplyMessage, ReplyQuestion } from '../../reconcile/reply.ts';
import { asking } from '../errors.ts';
import { snapshotOf } from '../pull-request-snapshot.ts';
import { ownerAndRepo } from '../repository-name.ts';
import { isAllowedBot, isAuthorised, isBot } from './authorise.ts';
import { type EventFacts, factsOf, guarded } from './event.ts';
import type { HandlerPorts } from './handler-ports.ts';

type Comment = NonNullable<IntakeEvent['comment']>;
type Message = ReplyMessage | ReplyQuestion;
type CommentContext = Context<'issue_comment.created'>;

/** Comments that were made, once. An edit is no command: what it says now is not what others have read. */
export function listenToIssueComments(app: Probot, ports: HandlerPorts): void {
  app.on(
    'issue_comment.created',
    guarded(async (context) => {
      const { payload } = context;
      const facts = payload.issue.pull_request && factsOf(context, payload.issue.number);
      const parsed = parseCommands(payload.comment.body);
      const isSilent = parsed.commands.length + parsed.problems.length === 0;
      // Two bots that answer each other would never end.
      if (!facts || isSilent || (isBot(payload) && !isAllowedBot(payload.sender.login, ports))) {
        return;
      }
      await ports.intake.receive({ ...facts, ...(await answerTo(payload, { facts, parsed, ports })) });
    }),
  );
}

async function answerTo(
  payload: CommentContext['payload'],
  { facts, parsed, ports }: { facts: EventFacts; parsed: ParsedComment; ports: HandlerPorts },
): Promise<{ asks: readonly Ask[]; comment: Comment }> {
  const { id } = payload.comment;
  if (!(await isAuthorised(payload, facts, { ports, needed: 'write' }))) {
    const refusal: Message = { kind: 'not-allowed', login: facts.actor, needed: 'write' };
    return { asks: [], comment: { id, messages: [refusal], understood: false } };
  }
  const asked = parsed.commands.some(bindsCommit) ? await snapshotNow(facts, ports) : undefined;
  const understood: Understood[] = parsed.commands.map((command) => understand(command, asked));
  const problems = parsed.problems.map(({ problem, example, line }): Message => {
    const text = payload.comment.body.split(/\r\n|[\n\r\u2028\u2029]/)[line - 1] ?? '';
    return { kind: 'problem', line: text, problem, example };
  });
  const messages = [...understood.flatMap((one) => one.messages), ...problems];
  return {
    asks: understood.flatMap(({ asks }) => asks),
    comment: { id, messages, understood: messages.every(({ kind }) => kind !== 'problem') },
  };
}

/** An open pull request's head, or null when it is closed: then it cannot have an environment. */
type HeadNow = PullRequestSnapshot | null;

function bindsCommit({ name }: Command): boolean {
  return name === 'create' || name === 'redeploy';
}

/** A comment's payload names no commit, so what stands now is what was meant: read once, before anything is done. */
async function snapshotNow({ pullRequest, installationId }: EventFacts, ports: HandlerPorts): Promise<HeadNow> {
  const octokit = await ports.octokits.forInstallation(installationId);
  return await asking('reading the pull request', async () => {
    const { data } = await octokit.rest.pulls.get({
      ...ownerAndRepo(pullRequest.repository),
      pull_number: pullRequest.number,
    });
    return data.state === 'open' ? snapshotOf(data) : null;
  });
}

interface Understood {
  readonly asks: readonly Ask[];
  readonly messages: readonly Message[];
}

function understand(command: Command, head: HeadNow | undefined): Understood {
  switch (command.name) {
    case 'help':
      return { asks: [], messages: [{ kind: 'help' }] };
    case 'status':
      return { asks: [{ kind: 'look' }], messages: [{ kind: 'status' }] };
    case 'logs':
      return { asks: [], messages: [{ kind: 'logs', service: command.service }] };
    case 'extend':
      return { asks: [{ kind: 'extend', bySeconds: command.seconds }], messages: [] };
    case 'destroy':
      return { asks: [{ kind: 'release', reason: 'asked' }], messages: [] };
    case 'create':
      return head ? { asks: [{ kind: 'want', snapshot: head, commanded: true }], messages: [] } : closed('create');
    case 'redeploy':
      return head
        ? { asks: [{ kind: 'follow', snapshot: head }, { kind: 'redeploy' }], messages: [] }
        : closed('redeploy');
    case 'test':
      return { asks: [{ kind: 'test', suite: command.suite, sha: null }], messages: [] };
  }
}

function closed(name: string): Understood {
  const problem = 'this pull request is closed, and only an open one has an environment. Reopen it first';
  return { asks: [], messages: [{ kind: 'problem', line: `/ephemeral ${name}`, problem, example: null }] };
}
