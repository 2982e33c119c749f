import { referencesOf, renderTemplate } from '../../domain/template.ts';
import { OWN_IMAGE_TAG } from '../../domain/template-reference.ts';
import { type Known, type Need, output, ready } from '../graph/node.ts';
import type { PlanContext } from './context.ts';
import { givenSecret } from './database.ts';
import { imageKey, tagOf } from './images.ts';

/** Texts of a blueprint whose references are answered by the plan: some at once, some only by a resource that has been made. */
export interface Texts {
  /** What must be known before these can be rendered. */
  needs(templates: Iterable<string>): Need[];
  /** Call it only where those needs are met. */
  render(template: string, known: Known): string;
  renderAll(templates: Readonly<Record<string, string>>, known: Known): Record<string, string>;
}

interface Late {
  readonly need: Need;
  value(known: Known): string | undefined;
}

/** `owner` is the service or task in whose block the texts stand, for `${image.tag}`. */
export function textsOf(context: PlanContext, owner: string | null): Texts {
  const { clone } = context;
  function late(reference: string): Late | undefined {
    switch (reference) {
      case 'db.endpoint':
        return {
          need: output<'clone-cluster'>(clone.cluster, 'endpoint'),
          value: (known) => known.outputs('clone-cluster', clone.cluster).endpoint,
        };
      case 'db.readerEndpoint':
        return {
          need: output<'clone-cluster'>(clone.cluster, 'readerEndpoint'),
          value: (known) => known.outputs('clone-cluster', clone.cluster).readerEndpoint,
        };
      case 'db.secretArn': {
        const { kind, key } = givenSecret(context);
        return { need: output<typeof kind>(key, 'secretArn'), value: (known) => known.outputs(kind, key).secretArn };
      }
      case 'db.masterSecretArn':
        return {
          need: output<'database-credentials'>(clone.credentials, 'secretArn'),
          value: (known) => known.outputs('database-credentials', clone.credentials).secretArn,
        };
      default:
        return lateTag(reference);
    }
  }

  function lateTag(reference: string): Late | undefined {
    const workload = reference === OWN_IMAGE_TAG ? owner : /^image\.(.+)\.tag$/.exec(reference)?.[1];
    if (!workload || fixedTag(workload) !== undefined) {
      return undefined;
    }
    const key = imageKey(workload);
    return { need: ready(key), value: (known) => known.outputs('image', key).tag };
  }

  function fixedTag(workload: string): string | undefined {
    return tagOf(context, workload);
  }

  function valueOf(reference: string, known: Known): string | undefined {
    const found = late(reference);
    if (found) {
      return found.value(known);
    }
    const workload = reference === OWN_IMAGE_TAG ? owner : /^image\.(.+)\.tag$/.exec(reference)?.[1];
    return workload ? fixedTag(workload) : context.values[reference];
  }

  function render(template: string, known: Known): string {
    const values: Record<string, string> = {};
    for (const reference of referencesOf(template)) {
      const value = valueOf(reference, known);
      if (value !== undefined) {
        values[reference] = value;
      }
    }
    const rendered = renderTemplate(template, values);
    if (!rendered.ok) {
      throw new Error(`a plan renders ${rendered.missing.join(', ')} before it is known`);
    }
    return rendered.text;
  }

  return {
    render,
    needs(templates) {
      const references = [...templates].flatMap(referencesOf);
      const needs = references.flatMap((reference) => late(reference)?.need ?? []);
      // Records and secrets are read by what runs still: they lead to a fresh clone once it answers, and not before.
      if (owner === null && clone.part !== undefined && references.some((reference) => reference.startsWith('db.'))) {
        needs.push(ready(clone.instance), ready(clone.credentials), ready(givenSecret(context).key));
      }
      return [...new Map(needs.map((need) => [`${need.key} ${need.output}`, need])).values()];
    },
    renderAll: (templates, known) =>
      Object.fromEntries(Object.entries(templates).map(([name, template]) => [name, render(template, known)])),
  };
}

/** Renders what has no late reference: names of secrets and paths. */
export function renderEarly(context: Pick<PlanContext, 'values'>, template: string): string {
  const rendered = renderTemplate(template, context.values);
  if (!rendered.ok) {
    throw new Error(`a name cannot hold ${rendered.missing.join(', ')}`);
  }
  return rendered.text;
}
