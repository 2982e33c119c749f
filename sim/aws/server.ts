import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SimClock } from '../clock.ts';
import { endPrograms } from './ecs/programs.ts';
import { type Authorisation, createAuthorisation } from './guards/authorisation.ts';
import { createFaults, type Faults } from './guards/faults.ts';
import { createRateLimits } from './guards/rate-limits.ts';
import { createRequestLog, type RequestLog } from './guards/request-log.ts';
import { createRouter } from './router.ts';
import { allServices } from './services.ts';
import { DroppedConnection } from './wire/dropped-connection.ts';
import type { Guard } from './wire/guard.ts';
import type { WireRequest } from './wire/messages.ts';
import { createService } from './wire/service.ts';
import { createWorld, type World } from './world.ts';

export interface AwsSimulatorOptions {
  readonly clock: SimClock;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** A world of one's own; it must live by the same clock. */
  readonly world?: World;
  /** Off, no call is ever refused for its pace. */
  readonly rateLimits?: boolean;
  /** Stands right behind the log: it sees every call before faults, rates and policies do, and what comes of it. */
  readonly gate?: Guard;
}

export interface AwsSimulator {
  /** `http://127.0.0.1:<port>`, the endpoint of every service. */
  readonly url: string;
  readonly port: number;
  readonly world: World;
  readonly faults: Faults;
  readonly requestLog: RequestLog;
  readonly authorisation: Authorisation;
  /** Ends open connections too. May be called twice. */
  close(): Promise<void>;
}

/**
 * Starts the local AWS: every service, the load balancer's data plane and the control API on one port of 127.0.0.1.
 * Rejects when the port is taken.
 */
export async function startAwsSimulator({
  clock,
  port = 0,
  world = createWorld({ clock }),
  rateLimits = true,
  gate,
}: AwsSimulatorOptions): Promise<AwsSimulator> {
  const faults = createFaults(clock);
  const requestLog = createRequestLog(clock);
  const authorisation = createAuthorisation(world);
  const rates = rateLimits ? [createRateLimits(clock)] : [];
  const guard = guardedBy([requestLog.guard, ...(gate ? [gate] : []), faults.guard, ...rates, authorisation.guard]);
  const services = new Map(
    allServices(world).map((definition) => [definition.signingName, createService(definition, guard)]),
  );

  const route = createRouter({ world, faults, requestLog, services });
  const server = createServer((request, response) => {
    void answer(request, response);
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID();
    try {
      const { status, headers, body } = await route(await readRequest(request), requestId);
      response.writeHead(status, headers).end(body);
    } catch (error) {
      if (!(error instanceof DroppedConnection)) {
        requestLog.crashed({ requestId, request: `${request.method} ${request.url}` }, error);
      }
      request.socket.destroy();
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    world,
    faults,
    requestLog,
    authorisation,
    async close() {
      endPrograms(world);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The first guard stands outermost: the log sees what the ones after it do. */
function guardedBy(guards: readonly Guard[]): Guard {
  const open: Guard = async (_call, work) => await work();
  return guards.reduce<Guard>(
    (outer, inner) => async (call, work) => await outer(call, async () => await inner(call, work)),
    open,
  );
}

async function readRequest(request: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  const { method = 'GET', url = '/', headers } = request;
  return { method, url, headers, body: Buffer.concat(chunks) };
}
