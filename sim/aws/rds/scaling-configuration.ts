import type { ServerlessV2ScalingConfiguration } from '@aws-sdk/client-rds';
import { Refusal } from '../wire/refusal.ts';
import type { ScalingConfiguration } from './state.ts';

const MOST_UNITS = 256;
const LEAST_MAXIMUM = 1;
const PAUSE_DEFAULT = 300;
const PAUSE_LONGEST = 86_400;

function refuse(message: string): never {
  throw new Refusal('InvalidParameterValue', message);
}

/**
 * The Serverless v2 range a call asks for, over the one in force. Capacities are in steps of 0.5 from 0 to 256; the
 * pause, 300 to 86,400 s, exists only with a minimum of 0 and is then 300 s unless it is given
 * (ServerlessV2ScalingConfiguration, API reference).
 */
export function scalingOf(
  asked: ServerlessV2ScalingConfiguration,
  current?: ScalingConfiguration,
): ScalingConfiguration {
  const minimumCapacity = asked.MinCapacity ?? current?.minimumCapacity;
  const maximumCapacity = asked.MaxCapacity ?? current?.maximumCapacity;
  if (minimumCapacity === undefined || maximumCapacity === undefined) {
    return refuse('Both MinCapacity and MaxCapacity must be set in the Serverless v2 scaling configuration.');
  }
  checkCapacity('MinCapacity', minimumCapacity, 0);
  checkCapacity('MaxCapacity', maximumCapacity, LEAST_MAXIMUM);
  if (minimumCapacity > maximumCapacity) {
    return refuse(`MinCapacity ${minimumCapacity} is greater than MaxCapacity ${maximumCapacity}.`);
  }
  const secondsUntilAutoPause = pauseOf(asked.SecondsUntilAutoPause, minimumCapacity, current);
  return { minimumCapacity, maximumCapacity, secondsUntilAutoPause };
}

function checkCapacity(parameter: string, capacity: number, least: number): void {
  if (capacity < least || capacity > MOST_UNITS || !Number.isInteger(capacity * 2)) {
    refuse(`${parameter} must be a multiple of 0.5 between ${least} and ${MOST_UNITS}, not ${capacity}.`);
  }
}

function pauseOf(
  asked: number | undefined,
  minimumCapacity: number,
  current: ScalingConfiguration | undefined,
): number | undefined {
  if (minimumCapacity > 0) {
    return asked === undefined ? undefined : refuse('SecondsUntilAutoPause needs a MinCapacity of 0.');
  }
  const seconds = asked ?? current?.secondsUntilAutoPause ?? PAUSE_DEFAULT;
  if (seconds < PAUSE_DEFAULT || seconds > PAUSE_LONGEST) {
    return refuse(`SecondsUntilAutoPause must be between ${PAUSE_DEFAULT} and ${PAUSE_LONGEST}, not ${seconds}.`);
  }
  return seconds;
}
