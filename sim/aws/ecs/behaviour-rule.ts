import { z } from 'zod';

/**
 * What the program in a container image does. A container of a service is a web server; one of a task started with
 * RunTask does its work and exits.
 */
export const behaviourSchema = z.strictObject({
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
