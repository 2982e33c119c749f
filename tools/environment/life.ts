import { formatDuration } from '../../src/domain/duration.ts';
import { formatTtl } from '../../src/domain/tags.ts';
import { Refusal } from './refusal.ts';

export interface Life {
  /** RFC 3339, UTC, whole seconds, as tags carry it. */
  readonly createdAt: string;
  readonly expiresAt: string;
}

/**
 * How long an environment is to live. Its end is an instant that stands in the state: it moves only when a time to live is
 * asked for, which counts from now, and never past what the platform allows from its first making. Throws `Refusal`.
 */
export function lifeOf({
  name,
  remembered,
  ttlSeconds,
  now,
  limits,
}: {
  name: string;
  remembered: Life | undefined;
  ttlSeconds: number | undefined;
  now: Date;
  limits: { readonly ttlSeconds: number; readonly maxTtlSeconds: number };
}): Life {
  const createdAt = remembered?.createdAt ?? formatTtl(now);
  if (remembered && ttlSeconds === undefined) {
    if (Date.parse(remembered.expiresAt) <= now.getTime()) {
      throw new Refusal(
        `The environment ${name} expired at ${remembered.expiresAt}: destroy it, or give it longer with --ttl.`,
      );
    }
    return { createdAt, expiresAt: remembered.expiresAt };
  }
  const expiresAt = now.getTime() + (ttlSeconds ?? limits.ttlSeconds) * 1000;
  if (expiresAt > Date.parse(createdAt) + limits.maxTtlSeconds * 1000) {
    const allowed = formatDuration(limits.maxTtlSeconds);
    throw new Refusal(
      `The platform lets an environment live for ${allowed} from its making at ${createdAt}: ask for less with --ttl.`,
    );
  }
  return { createdAt, expiresAt: formatTtl(new Date(expiresAt)) };
}
