const patterns = new Map<string, RegExp>();

/**
 * Whether a text fits a pattern in which `*` stands for any characters, none included, and `?` for any one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function fits(text: string, pattern: string): boolean {
  let compiled = patterns.get(pattern);
  if (!compiled) {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    compiled = new RegExp(`^${source}$`, 's');
    patterns.set(pattern, compiled);
  }
  return compiled.test(text);
}

/** Action names know no case, and the service's prefix is never a wildcard but in the lone `*`. */
export function fitsAction(action: string, pattern: string): boolean {
  return fits(action.toLowerCase(), pattern.toLowerCase());
}

/**
 * Whether an ARN fits a pattern, each of the six parts by itself.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function fitsArn(arn: string, pattern: string): boolean {
  if (pattern === '*') {
    return true;
  }
  const [parts, wanted] = [partsOf(arn), partsOf(pattern)];
  return parts.length === wanted.length && wanted.every((part, index) => fits(parts[index] ?? '', part));
}

function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}
