import { type CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { TerminalError } from '../../../domain/failure.ts';
import { isPassportLine, passportIn } from '../../../domain/passport-lines.ts';
import { isShapeLine, shapeIn } from '../../../domain/source-shape-lines.ts';
import type { PassportReader, ShapeReader } from '../../../reconcile/source/ports.ts';
import type { Sender } from '../clients.ts';
import { ask } from '../errors.ts';
import type { Ecs } from '../services.ts';

/** A page is a megabyte at most (GetLogEvents, API reference), and a passport of some thousand columns half of one. */
const MOST_PAGES = 8;

/** The log of tasks that mask: what they said last, their passports, and what they say of schemas. */
export interface MaskLog extends PassportReader, ShapeReader {
  /** The last lines for people; empty when there is no such log. */
  tail(taskArn: string, lines: number): Promise<string[]>;
}

/** Where a task logs is what its task definition says: the driver has to be `awslogs`, with a prefix. */
export function createMaskLog(parts: {
  ecs: Ecs;
  logs: Sender<CloudWatchLogsClient>;
  family: string;
  container: string;
}): MaskLog {
  const { ecs, logs, family, container } = parts;

  async function groupAndPrefix(): Promise<{ group: string; prefix: string }> {
    const found = await ask(`describing the task definition ${family}`, () =>
      ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: family })),
    );
    const definition = found.taskDefinition?.containerDefinitions?.find(({ name }) => name === container);
    const { 'awslogs-group': group, 'awslogs-stream-prefix': prefix } = definition?.logConfiguration?.options ?? {};
    if (group === undefined || prefix === undefined) {
      throw new TerminalError(
        'PlatformIncomplete',
        `The container ${container} of the task definition ${family} does not log by awslogs with a group and a prefix, so nobody could read its passport.`,
        { actor: 'operator' },
      );
    }
    return { group, prefix };
  }

  /** From the end towards the beginning, until `isEnough` of what was read. */
  async function linesOf(taskArn: string, isEnough: (lines: readonly string[]) => boolean): Promise<string[]> {
    const { group, prefix } = await groupAndPrefix();
    const logStreamName = `${prefix}/${container}/${taskArn.split('/').at(-1) ?? ''}`;
    let lines: string[] = [];
    let nextToken: string | undefined;
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const page = await ask(
        `reading the log ${group}`,
        () =>
          logs.send(new GetLogEventsCommand({ logGroupName: group, logStreamName, startFromHead: false, nextToken })),
        { on: { 'not-found': () => undefined } },
      );
      lines = [...(page?.events ?? []).map(({ message = '' }) => message.trimEnd()), ...lines];
      // The token of the last page is given again (GetLogEvents, API reference).
      if (isEnough(lines) || page?.nextBackwardToken === undefined || page.nextBackwardToken === nextToken) {
        break;
      }
      nextToken = page.nextBackwardToken;
    }
    return lines;
  }

  return {
    read: async (taskArn) => passportIn(await linesOf(taskArn, (lines) => passportIn(lines) !== undefined)),
    shape: async (taskArn) => shapeIn(await linesOf(taskArn, (lines) => shapeIn(lines) !== undefined)),
    async tail(taskArn, most) {
      const isSaid = (line: string): boolean => !isPassportLine(line) && !isShapeLine(line);
      const lines = await linesOf(taskArn, (read) => read.filter(isSaid).length >= most);
      return lines.filter(isSaid).slice(-most);
    },
  };
}
