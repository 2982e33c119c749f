/** Whether a status is within a matcher as the load balancer takes it: `200`, `200-499`, `200,302`. */
export function matchesStatus(matcher: string, status: number): boolean {
  return matcher.split(',').some((part) => {
    const [from, to = from] = part.trim().split('-').map(Number);
    return from !== undefined && to !== undefined && status >= from && status <= to;
  });
}
