import { type AnyNode, type Need, node, ready } from '../graph/node.ts';
import type { PlanContext } from './context.ts';
import { renderEarly, textsOf } from './texts.ts';

const TITLE = 'Secrets and parameters';

/** Paths and secrets of the environment's own, copied and overridden. */
export function settingNodes(context: PlanContext): AnyNode[] {
  const texts = textsOf(context, null);
  const parameters = context.blueprint.parameters.map(({ copy, to, set }) => {
    const path = renderEarly(context, to);
    return node({
      key: `parameters${path}`,
      kind: 'parameters',
      name: path,
      title: TITLE,
      service: null,
      needs: texts.needs(Object.values(set)),
      spec: (known) => ({ copyFrom: copy, set: texts.renderAll(set, known) }),
    });
  });
  const secrets = context.blueprint.secrets.map(({ copy, to, set }) => {
    const name = renderEarly(context, to);
    return node({
      key: `secret/${name}`,
      kind: 'secret',
      name,
      title: TITLE,
      service: null,
      needs: texts.needs(Object.values(set)),
      spec: (known) => ({
        copyFrom: copy === null ? null : renderEarly(context, copy),
        set: texts.renderAll(set, known),
      }),
    });
  });
  return [...parameters, ...secrets];
}

/** What must be ready before a task starts that may read any of these. */
export function settingNeeds(context: PlanContext): Need[] {
  return settingNodes(context).map(({ key }) => ready(key));
}
