/** A request as a browser sends it to the load balancer. */
export interface DataPlaneRequest {
  readonly listenerPort: number;
  readonly method: string;
  /** The Host header; a port in it is passed over. */
  readonly host: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly sourceIp: string;
}

export interface DataPlaneResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What went wrong before any HTTP was spoken: no such name, nobody listens there, no certificate for the name. */
export type ConnectionError = 'NXDOMAIN' | 'REFUSED' | 'TLS';

/** A browser would have no response at all; 599 and a header stand for that. */
export function connectionError(kind: ConnectionError, sentence: string): DataPlaneResponse {
  return {
    status: 599,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-sim-error': kind },
    body: `${sentence}\n`,
  };
}
