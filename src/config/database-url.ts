/** Blanks and control characters, which no name has and no address. */
const IN_NO_HOST = /[\p{Cc}\s]/u;
const LARGEST_PORT = 65_535;

/**
 * What is wrong with where the URL leads. `net.connect` throws on such a host or port at once, on which the pool of
 * node-postgres does not reckon: it waits without end for a connection that nobody makes.
 */
export function addressProblems(url: URL): string[] {
  // As node-postgres reads it: what stands behind the `?` takes the place of what stands before.
  const host = url.searchParams.get('host') || decoded(url.hostname);
  const port = url.searchParams.get('port') || url.port;
  return [
    ...(host === undefined || IN_NO_HOST.test(host) ? ['must have a host name or an address as its host'] : []),
    ...(/^\d*$/.test(port) && Number(port) <= LARGEST_PORT ? [] : [`must have a port from 0 to ${LARGEST_PORT}`]),
  ];
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
