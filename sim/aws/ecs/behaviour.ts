import { z } from 'zod';
import type { World } from '../world.ts';
import type { ContainerRun } from './state.ts';

/**
 * What the program in a container image does. A container of a service is a web server; one of a task started with
 * RunTask does its work and exits.
 */
const behaviourSchema = z.strictObject({
  /** Seconds from RUNNING to the first connection accepted. */
  startDelaySeconds: z.number().min(0).default(4),
  /** Ends by itself after so many seconds; 0 is before the task is RUNNING. */
  crash: z
    .strictObject({
      afterSeconds: z.number().min(0).default(0),
      exitCode: z.int().min(0).max(255).default(1),
      lines: z.array(z.string()).default([]),
    })
    .optional(),
  /** What a path answers; the others answer `otherPathsStatus`. */
  statusByPath: z.record(z.string().startsWith('/'), z.int().min(100).max(599)).default({}),
  otherPathsStatus: z.int().min(100).max(599).default(200),
  /**
   * What it does while a database named in its environment cannot be reached: nothing special, answer 500, accept no
   * connection, or end with exit code 1 when it starts.
   */
  withoutDatabase: z.enum(['works', 'answers-500', 'refuses', 'crashes']).default('works'),
  oneOffSeconds: z.number().min(0).default(20),
  oneOffExitCode: z.int().min(0).max(255).default(0),
  oneOffLines: z.array(z.string()).default([]),
  startLines: z.array(z.string()).default([]),
});

const ruleSchema = behaviourSchema.partial().extend({
  /** Image references; `*` stands for any characters. */
  image: z.string().min(1),
  /** Only containers whose command, joined with spaces, is like this; `*` stands for any characters. */
  command: z.string().optional(),
});

export type Behaviour = z.output<typeof behaviourSchema>;
export type BehaviourRule = z.input<typeof ruleSchema>;

/** Reads a rule from a request body. Throws RangeError with every problem in one sentence each. */
export function readBehaviour(body: unknown): BehaviourRule {
  const read = ruleSchema.safeParse(body);
  if (!read.success) {
    throw new RangeError(z.prettifyError(read.error));
  }
  return read.data;
}

/**
 * Sets what images like `rule.image` do from now on, also in containers that already run. Replaces an earlier rule of
 * the same patterns; of several that match a container the one set last decides, alone. Throws RangeError.
 */
export function setBehaviour(world: World, rule: BehaviourRule): void {
  const checked = readBehaviour(rule);
  const rules = world.ecs.behaviours;
  const same = rules.findIndex(({ image, command }) => image === checked.image && command === checked.command);
  if (same !== -1) {
    rules.splice(same, 1);
  }
  rules.push(checked);
}

function isLike(text: string, pattern: string): boolean {
  const escaped = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`, 's').test(text);
}

/** What this container does, by the rules as they stand now. */
export function behaviourOf(world: World, { definition, command }: ContainerRun): Behaviour {
  const rule = world.ecs.behaviours.findLast(
    (candidate) =>
      isLike(definition.image ?? '', candidate.image) &&
      (candidate.command === undefined || isLike(command.join(' '), candidate.command)),
  );
  const { image: _image, command: _command, ...behaviour } = rule ?? {};
  return behaviourSchema.parse(behaviour);
}
