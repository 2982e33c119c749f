import * as z from 'zod';
import { cronProblem } from '../domain/cron.ts';

const schedule = z.string().check((context) => {
  const message = cronProblem(context.value);
  if (message !== undefined) {
    context.issues.push({ code: 'custom', message, input: context.value });
  }
});

/** Aurora capacity units go by halves (Aurora Serverless v2, User Guide). Masking has no use for a pause. */
const capacity = z
  .strictObject({
    min: z.number().min(0.5).max(256).multipleOf(0.5).default(1),
    max: z.number().min(1).max(256).multipleOf(0.5).default(16),
  })
  .refine(({ min, max }) => min <= max, 'has a min above its max');

/** How sources are made. Without it, somebody else makes the one that `sourceIdentifier` names. */
export const refreshSchema = z
  .strictObject({
    snapshotsOf: z
      .string()
      .min(1)
      .describe(
        'The cluster whose newest snapshot is taken: its identifier, or its ARN where another account shares it.',
      ),
    schedule: schedule.optional().describe('As cron writes it, in UTC. Without, somebody asks for each refresh.'),
    keepDays: z.int().min(1).max(365).default(7).describe('How long the one before stays for a rollback.'),
    instanceClass: z
      .string()
      .regex(/^db\.[a-z0-9.]+$/, 'must be a class of instance such as db.serverless')
      .default('db.serverless'),
    capacity: capacity.prefault({}).describe('Of db.serverless alone.'),
    database: z.string().min(1).describe('The database in the cluster that is masked.'),
    rules: z.string().min(1).describe('Where the task finds its rules, as it takes it: a path in its image.'),
    caFile: z
      .string()
      .min(1)
      .optional()
      .describe(
        "Certificates that sign the server's, in PEM: a path in the task's image. With it the task speaks to the database in TLS alone.",
      ),
    taskFamily: z.string().min(1).describe('The task definition that masks; its newest revision is run.'),
    container: z.string().min(1).default('anonymise').describe('Its container that masks.'),
    taskSecurityGroupIds: z
      .array(z.string().regex(/^sg-[0-9a-z]+$/, 'must be an id such as sg-0abc'))
      .min(1)
      .optional()
      .describe("Without, those of the environments' services."),
    passwordSecret: z
      .string()
      .min(1)
      .describe(
        'A secret with a member `password`: what the restored cluster is given, and what the task signs in with.',
      ),
    maskHours: z.int().min(1).max(168).default(24).describe('A task that runs longer is stopped.'),
  })
  .describe('How sources are made. Without it, somebody else makes the one that sourceIdentifier names.');
