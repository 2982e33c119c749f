import * as z from 'zod';
import { tagTemplateProblem } from '../../domain/image-tag.ts';
import { text } from '../document/checked-text.ts';
import { duration, value } from './scalars.ts';

export const repository = text((given) =>
  /^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/.test(given) ? undefined : 'a repository is written `owner/name`',
);

/** Git's own rules for a branch are longer; these keep it out of trouble wherever it is shown. */
const branch = text((given) =>
  /^[\w./-]{1,200}$/.test(given) ? undefined : 'a branch is letters, digits, `/`, `.`, `_`, `-`',
);

const workflow = text((given) =>
  /^[\w.-]+\.ya?ml$/.test(given) ? undefined : 'a workflow is the name of its file, such as `build.yaml`',
);

export const workflowSchema = z.strictObject({
  repository: repository.describe("`owner/name`; default the pull request's own.").optional(),
  workflow: workflow.describe('The file of the workflow.'),
  inputs: z.record(z.string(), value).describe('Inputs of the workflow; values may hold `${references}`.').default({}),
});

/** A branch, a tag or a commit, here or elsewhere: it ends up in names of images. */
const ref = value.refine((given) => /^[\w./#=+@:-]{1,200}$/.test(given), {
  error: 'a ref is a branch, a tag or a commit: letters, digits, and `_./#=+@:-`',
});

export const refSchema = z.union([
  ref.describe('What `${ref.<name>}` is unless somebody asks for another.'),
  z.strictObject({ repository: repository.optional(), default: ref }),
]);

const fallbackTag = text((given) => tagTemplateProblem(given, 'fallback'));

export const imagesSchema = z.strictObject({
  registry: text((given) =>
    /^[a-z0-9.:-]+(\/[a-z0-9._-]+)*$/.test(given)
      ? undefined
      : "a registry is a host with or without a path, or a path in the platform's",
  )
    .describe("A host with or without a path, or a path in the platform's registry; default that registry.")
    .optional(),
  tag: text((given) => tagTemplateProblem(given, 'head'))
    .describe(
      'Tag of the images that a commit gets: {slug}, {branch}, {sha}, {sha7}, {sha10}, {number}; default {sha}.',
    )
    .optional(),
  fallback: z
    .strictObject({
      branch: branch.describe("Default the pull request's base.").optional(),
      tag: z
        .union([fallbackTag, z.array(fallbackTag).min(1).max(5)])
        .describe('Tags to look for, in order: also {pathSha}, {pathSha7}, {pathSha10}; default {pathSha}.')
        .optional(),
    })
    .describe('Where the images of services come from that the pull request does not touch.')
    .optional(),
  deadline: duration({ min: 60, max: 6 * 3600 })
    .describe('How long an image is waited for; default 15m.')
    .optional(),
  build: workflowSchema.describe('The workflow that builds the images.').optional(),
});

export type ImagesInput = z.output<typeof imagesSchema>;
export type WorkflowInput = z.output<typeof workflowSchema>;
export type RefInput = z.output<typeof refSchema>;
