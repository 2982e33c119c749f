import { environmentId, type PullRequestRef } from '../domain/environment.ts';
import { createEachApart, type Unseen } from './each-apart.ts';
import type { Roster } from './roster.ts';
import { takeUnheardLabel, type UnheardLabelPorts } from './unheard-label.ts';

export interface DiscoveryPorts extends UnheardLabelPorts {
  readonly roster: Roster;
}

export interface Discovered {
  /** Ids of environments that nobody had heard of, and that are wanted from now on. */
  readonly found: readonly string[];
  /** Ids of pull requests whose label was put on by somebody who may not: nothing comes of it. */
  readonly refused: readonly string[];
  /** What GitHub would not show; the others were looked at. Left for the next round. */
  readonly unseen: readonly Unseen[];
}

export interface Discovery {
  /**
   * Goes through every repository that the app may see, and does for each labelled pull request whose webhook was lost what
   * the webhook would have done. The environment is bound to the head of now: the label was bound to the head of its own
   * time, and every push since would have been followed. One call at a time, as GitHub asks of whoever polls. Repeating it
   * is harmless. Throws when GitHub does not answer at all; what it fails on, or refuses, is told and holds up nothing else.
   */
  discover(signal: AbortSignal): Promise<Discovered>;
}

interface Round {
  readonly found: string[];
  readonly refused: string[];
  readonly unseen: Unseen[];
  readonly signal: AbortSignal;
}

export function createDiscovery(ports: DiscoveryPorts): Discovery {
  const { roster, label } = ports;
  const eachApart = createEachApart();

  async function lookAt(pullRequest: PullRequestRef, installationId: number, round: Round): Promise<void> {
    const came = await takeUnheardLabel(pullRequest, installationId, ports);
    if (came !== 'known') {
      round[came].push(environmentId(pullRequest));
    }
  }

  async function discoverAt(repository: string, installationId: number, round: Round): Promise<void> {
    const numbers = await roster.labelled({ repository, installationId, label });
    const failure = await eachApart(numbers, {
      ...round,
      where: (number) => environmentId({ repository, number }),
      look: async (number) => await lookAt({ repository, number }, installationId, round),
    });
    if (failure) {
      throw failure;
    }
  }

  async function discoverIn(installationId: number, round: Round): Promise<void> {
    const failure = await eachApart(await roster.repositories(installationId), {
      ...round,
      where: (repository) => repository,
      look: async (repository) => await discoverAt(repository, installationId, round),
    });
    if (failure) {
      throw failure;
    }
  }

  return {
    async discover(signal) {
      const round: Round = { found: [], refused: [], unseen: [], signal };
      await eachApart(await roster.installations(), {
        ...round,
        ownLimits: true,
        where: (installationId) => `installation ${installationId}`,
        look: async (installationId) => await discoverIn(installationId, round),
      });
      const { found, refused, unseen } = round;
      return { found, refused, unseen };
    },
  };
}
