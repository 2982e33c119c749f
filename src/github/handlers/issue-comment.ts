import type { Context, Probot } from 'probot';
import { parseCommands } from '../../domain/command.ts';
import { isAllowedBot } from '../../reconcile/inbox/authorise.ts';
import type { Petition } from '../../reconcile/inbox/delivery.ts';
import { deliveryOf, guarded, mayAsk } from './event.ts';
import type { HandlerPorts } from './handler-ports.ts';

type Payload = Context<'issue_comment.created' | 'issue_comment.edited'>['payload'];
type CommentPetition = Extract<Petition, { kind: 'comment' }>;

/** Comments that were made, once. An edit is no command, and is only told so: what it says now is not what others have read. */
export function listenToIssueComments(app: Probot, ports: HandlerPorts): void {
  app.on(
    ['issue_comment.created', 'issue_comment.edited'],
    guarded(async (context) => {
      const { payload } = context;
      const { issue, comment } = payload;
      const isHeard = issue.pull_request && mayAsk(payload, ports) && isOwnWord(comment, ports);
      const says = isHeard ? saidBy(payload) : undefined;
      const delivery = says && deliveryOf(context, { number: issue.number, saidAt: comment.created_at, says });
      if (delivery) {
        await ports.intake.receive(delivery);
      }
    }),
  );
}

/** What an app wrote in a person's name is the app's word, and it is a bot. */
function isOwnWord({ performed_via_github_app: app }: Payload['comment'], ports: HandlerPorts): boolean {
  return !app || isAllowedBot(`${app.slug}[bot]`, ports);
}

function saidBy(payload: Payload): Petition | undefined {
  const now = petitionOf(payload.comment);
  if (payload.action === 'created' || !now) {
    return now;
  }
  const before = petitionOf({ ...payload.comment, body: payload.changes.body?.from ?? payload.comment.body });
  return JSON.stringify(before) === JSON.stringify(now) ? undefined : edited(now);
}

function edited(says: CommentPetition): CommentPetition {
  const problem =
    'a comment that was edited is not read again, because others have read what stood there. Write a new one';
  const line = says.problems[0]?.line ?? `/ephemeral ${says.commands[0]?.name ?? ''}`;
  return { ...says, commands: [], problems: [{ kind: 'problem', line, problem, example: null }] };
}

/** Undefined where nothing is said to Mayfly. Of the comment only its commands are kept, and the lines that are none. */
function petitionOf({ id, body }: Pick<Payload['comment'], 'id' | 'body'>): CommentPetition | undefined {
  const { commands, problems } = parseCommands(body);
  if (commands.length + problems.length === 0) {
    return undefined;
  }
  const lines = body.split(/\r\n|[\n\r\u2028\u2029]/);
  return {
    kind: 'comment',
    commentId: id,
    commands,
    problems: problems.map(({ line, problem, example }) => ({
      kind: 'problem',
      line: (lines[line - 1] ?? '').slice(0, KEPT_OF_A_LINE),
      problem,
      example,
    })),
  };
}

/** A reply repeats fewer characters of it. */
const KEPT_OF_A_LINE = 200;
