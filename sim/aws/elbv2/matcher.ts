/** Whether a status code is one that the matcher of a health check accepts: `200`, `200,302` or `200-499,503`. */
export function matcherAccepts(matcher: string, status: number): boolean {
  return matcher.split(',').some((part) => {
    const [from, to = from] = part.split('-').map(Number);
    return from !== undefined && to !== undefined && from <= status && status <= to;
  });
}

/** "You can specify values between 200 and 499, [...] multiple values or a range" (Matcher, ELBv2 API reference). */
export function isMatcher(matcher: string): boolean {
  return matcher.split(',').every((part) => {
    const bounds = /^(\d{3})(?:-(\d{3}))?$/.exec(part);
    const from = Number(bounds?.[1]);
    const to = Number(bounds?.[2] ?? bounds?.[1]);
    return bounds !== null && from >= 200 && to <= 499 && from <= to;
  });
}
