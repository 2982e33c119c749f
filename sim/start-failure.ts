/** Why a program could not start, as one sentence for a person. */
export function startFailure(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    const port = 'port' in error ? String(error.port) : '';
    return `Port ${port} of 127.0.0.1 is in use: give another with --port, or 0 for any that is free.`;
  }
  if (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED') {
    const { address, port } = 'errors' in error ? firstOf(error.errors) : (error as Error & Endpoint);
    return `Nothing listens at ${address}:${port}.`;
  }
  return error instanceof Error ? error.message : String(error);
}

interface Endpoint {
  readonly address?: string;
  readonly port?: number;
}

/** A name with several addresses fails with an error for each. */
function firstOf(errors: unknown): Endpoint {
  return Array.isArray(errors) ? (errors[0] as Endpoint) : {};
}
