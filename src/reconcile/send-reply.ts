import { environmentId } from '../domain/environment.ts';
import { formatRange, spentIn } from '../domain/money.ts';
import type { CostReport } from './cost/cost-report.ts';
import {
  isRefusal,
  type LogReader,
  type Replier,
  type ReplyJob,
  type ReplyMessage,
  type ReplyQuestion,
} from './reply.ts';
import type { EnvironmentRecord, Store } from './store.ts';

const LOG_LINES = 20;

export interface ReplyPorts {
  readonly store: Store;
  readonly logs: LogReader;
  readonly replier: Replier;
  /** Where a service of this environment logs; undefined for a service the blueprint does not have. */
  logGroupOf(record: EnvironmentRecord, service: string): string | undefined;
  servicesOf(record: EnvironmentRecord): readonly string[];
  statusOf(record: EnvironmentRecord, cost?: CostReport): readonly string[];
  /** Undefined where nothing is known of prices, or nothing was looked at yet. */
  costOf?(record: EnvironmentRecord): Promise<CostReport | undefined>;
  /** Who is connected is asked of the database itself. */
  databaseStatusOf(record: EnvironmentRecord): Promise<readonly string[]>;
  readonly label: string;
}

/** Works out what a reply says and sends it. Safe to repeat. */
export async function sendReply(job: ReplyJob, ports: ReplyPorts): Promise<void> {
  const record = await ports.store.environment(environmentId(job.pullRequest));
  const messages = await Promise.all(job.messages.map(async (message) => await workOut(message, record, ports)));
  const failed = messages.some(isRefusal);
  await ports.replier.send({ ...job, messages, reaction: failed ? 'confused' : job.reaction });
}

function isQuestion(message: ReplyMessage | ReplyQuestion): message is ReplyQuestion {
  const isOpen = message.kind === 'status' || message.kind === 'logs' || message.kind === 'database-status';
  return isOpen && !('text' in message) && !('lines' in message);
}

async function workOut(
  message: ReplyMessage | ReplyQuestion,
  record: EnvironmentRecord | undefined,
  ports: ReplyPorts,
): Promise<ReplyMessage> {
  if (!isQuestion(message)) {
    return message.kind === 'extended' ? await withCost(message, record, ports) : message;
  }
  if (!record || record.goneAt) {
    return { kind: 'no-environment', label: ports.label };
  }
  if (message.kind === 'status') {
    return { kind: 'status', text: ports.statusOf(record, await ports.costOf?.(record)) };
  }
  if (message.kind === 'database-status') {
    return { kind: 'status', text: await ports.databaseStatusOf(record) };
  }
  const logGroup = ports.logGroupOf(record, message.service);
  if (logGroup === undefined) {
    return { kind: 'unknown-service', service: message.service, known: ports.servicesOf(record) };
  }
  return { kind: 'logs', service: message.service, lines: await ports.logs.tail({ logGroup, lines: LOG_LINES }) };
}

/** What a longer life adds at the present rate, if it costs anything. */
async function withCost(
  message: Extract<ReplyMessage, { kind: 'extended' }>,
  record: EnvironmentRecord | undefined,
  { costOf }: ReplyPorts,
): Promise<ReplyMessage> {
  const { addedSeconds = 0 } = message;
  const cost = record && addedSeconds > 0 ? await costOf?.(record) : undefined;
  if (!cost || cost.perDay.high === 0) {
    return message;
  }
  const { low, high } = cost.perDay;
  const added = { low: spentIn(low, addedSeconds * 1000), high: spentIn(high, addedSeconds * 1000) };
  return { ...message, adds: formatRange(added, cost.currency) };
}
