import { Refusal } from '../wire/refusal.ts';

const maximumLevels = 15;
const maximumLength = 1011;

/** Refuses names that Parameter Store would refuse (API reference, PutParameter). */
export function checkParameterName(name: string): void {
  if (name.length < 1 || name.length > maximumLength || !/^[a-zA-Z0-9_.\-/]+$/.test(name)) {
    throw new Refusal(
      'ValidationException',
      'Parameter name: can only contain a mix of letters, numbers and the following 3 symbols .-_ and must be at most 1011 characters long',
    );
  }
  if (/^\/?(?:aws|ssm)/i.test(name)) {
    throw new Refusal(
      'ValidationException',
      'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).',
    );
  }
  if (name.includes('/') && !name.startsWith('/')) {
    throw new Refusal('ValidationException', 'Parameter name must be a fully qualified name.');
  }
  if (name.split('/').length - 1 > maximumLevels) {
    throw new Refusal(
      'HierarchyLevelLimitExceededException',
      `A parameter name can have at most ${maximumLevels} levels.`,
    );
  }
}
