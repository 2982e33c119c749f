import { type ChildProcess, spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MayflyParts } from '../../src/mayfly/parts.ts';
import { MAYFLY_CREDENTIALS } from '../local/credentials.ts';
import { connectInspector, type Inspector } from './inspector.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Of its log the end is kept: it is read when something went wrong. */
const KEPT_LINES = 200;
/** Linux counts memory in pages, and what a process has used of processors in hundredths of a second. */
const PAGE_BYTES = 4096;
const TICKS_A_SECOND = 100;

/** One line of the server's log. */
export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly [name: string]: unknown;
}

/** The product, as it is started in production, in a process of its own. */
export interface ServerProcess {
  readonly webhookUrl: string;
  /** Called with each line of its log from now on. */
  onLog(heard: (line: LogLine) => void): void;
  /** What it has used of processors since it began. */
  cpuSeconds(): Promise<number>;
  /** What of its memory is in RAM now; bytes. */
  residentBytes(): Promise<number>;
  /** What is left on its heap when all garbage is gone; bytes. It stands still for as long as that takes. */
  liveBytes(): Promise<number>;
  /** The end of what it wrote. */
  said(): string;
  /** Ends it as a deployment does, and resolves once it is no more. */
  stop(): Promise<void>;
}

/** Rejects if it does not come up. `directory` is for its files. */
export async function startServer(
  { config, platform }: Pick<MayflyParts, 'config' | 'platform'>,
  { directory }: { directory: string },
): Promise<ServerProcess> {
  const platformFile = join(directory, 'platform.json');
  await writeFile(platformFile, JSON.stringify(platform));
  const child = spawn(process.execPath, ['--inspect=127.0.0.1:0', 'src/main.ts'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: variables(config, platformFile),
  });
  const output = readOutput(child);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const inspector = await Promise.race([output.inspectorUrl.then(connectInspector), endedFirst(ended, output.said)]);
  const webhookUrl = await Promise.race([output.webhookUrl, endedFirst(ended, output.said)]);
  return serverOf(child, { webhookUrl, inspector, output, ended });
}

function serverOf(
  child: ChildProcess,
  {
    webhookUrl,
    inspector,
    output,
    ended,
  }: { webhookUrl: string; inspector: Inspector; output: Output; ended: Promise<void> },
): ServerProcess {
  return {
    webhookUrl,
    onLog: (heard) => void output.listeners.push(heard),
    async cpuSeconds() {
      // The name, in brackets, may hold blanks; user and system time are the 14th and the 15th field (proc_pid_stat(5)).
      const fields = (await readFile(`/proc/${child.pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ');
      return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
    },
    async residentBytes() {
      const [, resident] = (await readFile(`/proc/${child.pid}/statm`, 'utf8')).split(' ');
      return Number(resident) * PAGE_BYTES;
    },
    async liveBytes() {
      await inspector.call('HeapProfiler.collectGarbage');
      const { usedSize } = (await inspector.call('Runtime.getHeapUsage')) as { usedSize: number };
      return usedSize;
    },
    said: output.said,
    async stop() {
      inspector.close();
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function variables({ github, aws, store, workers, triggerLabel }: MayflyParts['config'], platformFile: string) {
  return {
    APP_ID: String(github.appId),
    PRIVATE_KEY: github.privateKey,
    WEBHOOK_SECRET: github.webhookSecret,
    GITHUB_API_URL: github.apiUrl,
    PORT: '0',
    DATABASE_URL: store.databaseUrl,
    AWS_REGION: aws.region,
    AWS_ENDPOINT_URL: aws.endpointUrl,
    AWS_ACCESS_KEY_ID: MAYFLY_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: MAYFLY_CREDENTIALS.secretAccessKey,
    PLATFORM_FILE: platformFile,
    TRIGGER_LABEL: triggerLabel,
    WORKERS: String(workers),
    LOG_LEVEL: 'info' as const,
  };
}

interface Output {
  readonly webhookUrl: Promise<string>;
  readonly inspectorUrl: Promise<string>;
  readonly listeners: ((line: LogLine) => void)[];
  said(): string;
}

function readOutput(child: ChildProcess): Output {
  const webhook = Promise.withResolvers<string>();
  const inspector = Promise.withResolvers<string>();
  const listeners: ((line: LogLine) => void)[] = [];
  const lines: string[] = [];
  const read = (text: string) => {
    lines.push(text);
    lines.splice(0, lines.length - KEPT_LINES);
    const [debuggerUrl] = /ws:\/\/\S+/.exec(text) ?? [];
    if (debuggerUrl !== undefined) {
      inspector.resolve(debuggerUrl);
    }
    const line = parseLine(text);
    if (line?.msg === 'mayfly is up') {
      webhook.resolve(String(line['webhookUrl']));
    }
    if (line) {
      listeners.forEach((heard) => heard(line));
    }
  };
  eachLine(child.stdout, read);
  eachLine(child.stderr, read);
  return { webhookUrl: webhook.promise, inspectorUrl: inspector.promise, listeners, said: () => lines.join('\n') };
}

function eachLine(stream: NodeJS.ReadableStream | null, read: (line: string) => void): void {
  let rest = '';
  stream?.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(read);
  });
}

function parseLine(text: string): LogLine | undefined {
  return text.startsWith('{') ? (JSON.parse(text) as LogLine) : undefined;
}

async function endedFirst(ended: Promise<void>, said: () => string): Promise<never> {
  await ended;
  throw new Error(`the server ended: ${said()}`);
}
