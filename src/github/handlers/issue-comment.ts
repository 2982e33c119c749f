import type { Context, Probot } from 'probot';
import { parseCommands } from '../../domain/command.ts';
import type { Petition } from '../../reconcile/inbox/delivery.ts';
import { deliveryOf, guarded, mayAsk } from './event.ts';
import type { HandlerPorts } from './handler-ports.ts';

type Payload = Context<'issue_comment.created'>['payload'];

/** Comments that were made, once. An edit is no command: what it says now is not what others have read. */
export function listenToIssueComments(app: Probot, ports: HandlerPorts): void {
  app.on(
    'issue_comment.created',
    guarded(async (context) => {
      const { issue, comment } = context.payload;
      const says = issue.pull_request && mayAsk(context.payload, ports) ? petitionOf(comment) : undefined;
      const delivery = says && deliveryOf(context, { number: issue.number, saidAt: comment.created_at, says });
      if (delivery) {
        await ports.intake.receive(delivery);
      }
    }),
  );
}

/** Undefined where nothing is said to Mayfly. Of the comment only its commands are kept, and the lines that are none. */
function petitionOf({ id, body }: Payload['comment']): Petition | undefined {
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
