import * as z from 'zod';
import { MIGRATION_TOOLS, type MigrationToolName } from '../../domain/migrations/tools.ts';
import { text } from '../document/checked-text.ts';
import { repository } from './image-schema.ts';
import { repositoryPath, template } from './scalars.ts';

/** Longer ones are nobody's, and each context is looked for in each change set. */
const MOST_OF_CONTEXTS = 200;

export const migrationsSchema = z
  .strictObject({
    tool: z.enum(Object.keys(MIGRATION_TOOLS) as MigrationToolName[]).describe('What runs them.'),
    path: repositoryPath.describe('The folder that holds their files; for `liquibase` the root changelog.'),
    repository: repository
      .describe("`owner/name` of the same owner; default the pull request's own. Needs `ref`.")
      .optional(),
    ref: template.describe('The branch, tag or commit of `repository`, such as `${ref.etl}`.').optional(),
    searchPath: repositoryPath
      .describe("The folder from which a changelog's paths are counted; default whichever above it fits.")
      .optional(),
    contexts: text((given) =>
      given.length <= MOST_OF_CONTEXTS ? undefined : `contexts are at most ${MOST_OF_CONTEXTS} long`,
    )
      .describe('What Liquibase is run with, with commas between; default all.')
      .optional(),
    table: text((given) =>
      /^[\w$]{1,64}$/.test(given) ? undefined : 'a table is letters, digits, `_` and `$`, at most 64',
    )
      .describe("Where the tool writes down what it ran; default the tool's own.")
      .optional(),
    diverged: z
      .enum(['warn', 'refuse'])
      .describe('`refuse`: a commit that lacks migrations of the source gets no clone. Default `warn`.')
      .optional(),
  })
  .refine(({ repository: named, ref }) => (named === undefined) === (ref === undefined), {
    error: '`repository` and `ref` go together',
  })
  .refine(
    ({ tool, searchPath, contexts }) =>
      MIGRATION_TOOLS[tool].knownBy === 'changelog' || (searchPath === undefined && contexts === undefined),
    { error: '`searchPath` and `contexts` are for a tool with a changelog' },
  );
