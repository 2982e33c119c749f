/**
 * Exits 0 when the server of this container says on `/healthz` that it works, and 1 when it does not, or says nothing for
 * three seconds. A worker has no server: that its process runs is all there is to ask, and who asks this knows already.
 */
const PATIENCE_MILLISECONDS = 3_000;
/** Listening everywhere is listening here. */
const EVERYWHERE: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' };

const { ROLE, HOST = '127.0.0.1', PORT = '3000' } = process.env;

async function isWell(): Promise<boolean> {
  const host = EVERYWHERE[HOST] ?? HOST;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
    return (await fetch(`http://${host}:${PORT}/healthz`, { signal })).ok;
  } catch {
    return false;
  }
}

process.exitCode = ROLE === 'worker' || (await isWell()) ? 0 : 1;
