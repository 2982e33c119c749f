/**
 * What a load balancer's health check, and a smoke check, accept as an answer: `200`, `200,302`, `200-499`. "You can
 * specify values between 200 and 499" for an application load balancer (Matcher, ELBv2 API reference).
 */
const LOWEST = 200;
const HIGHEST = 499;

/** What is wrong with a matcher; undefined when it is one. */
export function matcherProblem(matcher: string): string | undefined {
  for (const part of matcher.split(',')) {
    const [from, to] = boundsOf(part);
    if (from === undefined || to === undefined) {
      return `\`${part}\` is neither a status code nor a range of them: use 200, 200,302 or 200-499`;
    }
    if (from < LOWEST || to > HIGHEST) {
      return `\`${part}\` is outside ${LOWEST} to ${HIGHEST}, all that a load balancer accepts`;
    }
    if (from > to) {
      return `\`${part}\` ends before it begins`;
    }
  }
  return undefined;
}

/** Whether the matcher accepts the status code. A matcher with a problem accepts nothing that it does not spell out. */
export function matches(matcher: string, status: number): boolean {
  return matcher.split(',').some((part) => {
    const [from, to] = boundsOf(part);
    return from !== undefined && to !== undefined && from <= status && status <= to;
  });
}

function boundsOf(part: string): [from: number | undefined, to: number | undefined] {
  const bounds = /^(\d{3})(?:-(\d{3}))?$/.exec(part);
  return bounds === null ? [undefined, undefined] : [Number(bounds[1]), Number(bounds[2] ?? bounds[1])];
}
