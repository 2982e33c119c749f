import * as z from 'zod';
import { text } from '../document/checked-text.ts';
import { template, value } from './scalars.ts';

const ENVIRONMENT_REFERENCE = /(?<!\$)\$\{\s*env\.(name|NAME|slug|SLUG|domain)\s*\}/;
const PARAMETER_PATH = /^(\/[\w.-]+)+\/?$/;

function pathProblem(given: string): string | undefined {
  if (!PARAMETER_PATH.test(given.replace(/\$\{[^}]*\}/g, 'x'))) {
    return 'a path of the parameter store begins with `/` and is made of letters, digits, `.`, `_`, `-` and `/`';
  }
  return /^\/(aws|ssm)/i.test(given)
    ? 'a path cannot begin with `aws` or `ssm`, which AWS keeps for itself'
    : undefined;
}

/** What is written must be the environment's own: two environments must never write to the same place. */
function ownProblem(given: string): string | undefined {
  return ENVIRONMENT_REFERENCE.test(given)
    ? undefined
    : 'must hold `${env.name}` or `${env.NAME}`, or two environments would write to the same place';
}

export const parametersSchema = z.array(
  z.strictObject({
    copy: text(pathProblem).describe('The path to copy from.').optional(),
    to: template.check(problems(pathProblem, ownProblem)).describe("The environment's own path; holds `${env.name}`."),
    set: z
      .record(
        text((key) =>
          /^[\w.-]+(\/[\w.-]+)*$/.test(key) ? undefined : 'a parameter is letters, digits, `.`, `_`, `-`',
        ),
        value.check((context) => {
          if (context.value === '') {
            context.issues.push({ code: 'custom', message: 'a parameter cannot be empty', input: context.value });
          }
        }),
      )
      .describe('Parameters to set, copied or not; values may hold `${references}`.')
      .default({}),
  }),
);

function secretNameProblem(given: string): string | undefined {
  return /^[\w/+=.@-]{1,512}$/.test(given.replace(/\$\{[^}]*\}/g, 'x'))
    ? undefined
    : 'the name of a secret is letters, digits and `/ _ + = . @ -`';
}

export const secretsSchema = z.array(
  z.strictObject({
    copy: template.check(problems(secretNameProblem)).describe('The secret to copy.').optional(),
    to: template
      .check(problems(secretNameProblem, ownProblem))
      .describe("The environment's own secret; holds `${env.name}`."),
    set: z.record(z.string().min(1), value).describe("Members of the secret's JSON to replace or add.").default({}),
  }),
);

const label = text((given) =>
  /^[a-z0-9_]([a-z0-9-]*[a-z0-9])?$/.test(given) && given.length <= 63
    ? undefined
    : 'an alias is one label of a host name, in lower case',
);

export const aliasesSchema = z.record(label, template);

function problems(...checks: ((given: string) => string | undefined)[]) {
  return (context: z.core.ParsePayload<string>): void => {
    for (const check of checks) {
      const message = check(context.value);
      if (message !== undefined) {
        context.issues.push({ code: 'custom', message, input: context.value });
        return;
      }
    }
  };
}
