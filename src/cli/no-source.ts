/** A database that is well may stand on a server that no source can be made of. */
export function noSource(serverProblem: string): string {
  return `Its cluster could be no source: ${serverProblem}`;
}
