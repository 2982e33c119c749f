import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An example of AWS's own API reference. */
export interface PublishedExample {
  readonly operation: string;
  readonly id: string;
  readonly input: unknown;
  readonly output: unknown;
}

/** Where botocore, which ships AWS's examples, keeps its data; undefined where Python has no botocore. */
export function botocoreData(): string | undefined {
  const script = 'import botocore, os; print(os.path.join(os.path.dirname(botocore.__file__), "data"))';
  const python = spawnSync('python3', ['-c', script], { encoding: 'utf8', timeout: 30_000 });
  return python.status === 0 ? python.stdout.trim() : undefined;
}

interface ExampleFile {
  readonly examples: Readonly<Record<string, readonly { id: string; input?: unknown; output?: unknown }[]>>;
}

/** The examples of a service's newest API version, in botocore's spelling of its name (`elbv2`). */
export function examplesOf(data: string, service: string): PublishedExample[] {
  const versions = readdirSync(join(data, service)).toSorted();
  const file = join(data, service, versions.at(-1) ?? '', 'examples-1.json');
  const { examples } = JSON.parse(readFileSync(file, 'utf8')) as ExampleFile;
  return Object.entries(examples).flatMap(([operation, list]) =>
    list.map(({ id, input = {}, output = {} }) => ({ operation, id, input, output })),
  );
}
