import { Refusal } from '../wire/refusal.ts';

/**
 * The value must match the pattern of its parameter, if that has one.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html#API_PutParameter_Errors
 */
export function checkPattern(pattern: string | undefined, value: string): void {
  if (pattern !== undefined && !compiled(pattern).test(value)) {
    throw new Refusal(
      'ParameterPatternMismatchException',
      `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
    );
  }
}

function compiled(pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch {
    throw new Refusal('InvalidAllowedPatternException', `The allowedPattern is no regular expression: ${pattern}`);
  }
}
