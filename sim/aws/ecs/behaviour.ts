import type { World } from '../world.ts';
import { type Behaviour, type BehaviourRule, behaviourSchema, readBehaviour } from './behaviour-rule.ts';
import type { ContainerRun } from './state.ts';

/**
 * Sets what images like `rule.image` do from now on, also in containers that already run. Replaces an earlier rule of
 * the same patterns; of several that match a container the one set last decides, alone. Throws RangeError.
 */
export function setBehaviour(world: World, rule: BehaviourRule): void {
  const checked = readBehaviour(rule);
  const rules = world.ecs.behaviours;
  const same = rules.findIndex(({ image, command }) => image === checked.image && command === checked.command);
  if (same !== -1) {
    rules.splice(same, 1);
  }
  rules.push(checked);
}

function isLike(text: string, pattern: string): boolean {
  const escaped = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`, 's').test(text);
}

/** What this container does, by the rules as they stand now. */
export function behaviourOf(world: World, { definition, command }: ContainerRun): Behaviour {
  const rule = world.ecs.behaviours.findLast(
    (candidate) =>
      isLike(definition.image ?? '', candidate.image) &&
      (candidate.command === undefined || isLike(command.join(' '), candidate.command)),
  );
  const { image: _image, command: _command, ...behaviour } = rule ?? {};
  return behaviourSchema.parse(behaviour);
}
