/** Why a program could not start, as one sentence for a person. */
export function startFailure(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    const port = 'port' in error ? String(error.port) : '';
    return `Port ${port} of 127.0.0.1 is in use: give another with --port, or 0 for any that is free.`;
  }
  return error instanceof Error ? error.message : String(error);
}
