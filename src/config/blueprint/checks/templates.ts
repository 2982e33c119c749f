import { knownReferences, OWN_IMAGE_TAG, referenceProblem } from '../../../domain/template-reference.ts';
import { referencesOf } from '../../../domain/template.ts';
import type { Blueprint, BlueprintContainer } from '../blueprint.ts';
import type { FieldPath, Finding } from '../finding.ts';

/** A text of the file in which references may stand. */
interface TemplateField {
  readonly field: FieldPath;
  readonly text: string;
  /** Whether `image.tag` has a meaning there. */
  readonly inContainer: boolean;
}

/** Every `${reference}` can be followed from where it stands. */
export function templateFindings(blueprint: Blueprint): Finding[] {
  const known = knownReferences({
    services: Object.keys(blueprint.services),
    images: [...Object.keys(blueprint.services), ...Object.keys(blueprint.tasks)],
    hosted: Object.keys(blueprint.services).filter((name) => (blueprint.services[name]?.hosts.length ?? 0) > 0),
    refs: Object.keys(blueprint.refs),
    database: blueprint.database === null ? null : { named: blueprint.database.name !== null },
  });
  const outside = known.filter((reference) => reference !== OWN_IMAGE_TAG);
  return templateFields(blueprint).flatMap(({ field, text, inContainer }) =>
    referencesOf(text).flatMap((reference) => {
      const message = referenceProblem(reference, inContainer ? known : outside);
      return message === undefined ? [] : [{ field, message, found: `\${${reference}}`, allowed: null }];
    }),
  );
}

function templateFields({ parameters, secrets, aliases, services, tasks, images, suites }: Blueprint): TemplateField[] {
  return [
    ...parameters.flatMap(({ to, set }, index) => [
      ...one(['parameters', index, 'to'], to),
      ...all(['parameters', index, 'set'], set),
    ]),
    ...secrets.flatMap(({ copy, to, set }, index) => [
      ...one(['secrets', index, 'copy'], copy ?? ''),
      ...one(['secrets', index, 'to'], to),
      ...all(['secrets', index, 'set'], set),
    ]),
    ...all(['aliases'], aliases),
    ...Object.entries(services).flatMap(([name, service]) => [
      ...containerFields(['services', name], service),
      ...Object.entries(service.sidecars).flatMap(([sidecar, container]) =>
        containerFields(['services', name, 'sidecars', sidecar], container),
      ),
    ]),
    ...Object.entries(tasks).flatMap(([name, task]) => containerFields(['tasks', name], task)),
    ...all(['images', 'build', 'inputs'], images.build?.inputs ?? {}),
    ...Object.entries(suites).flatMap(([name, { inputs }]) => all(['suites', name, 'inputs'], inputs)),
  ];
}

function containerFields(field: FieldPath, container: BlueprintContainer): TemplateField[] {
  const { image, command, environment, secrets } = container;
  return [
    ...one([...field, 'image'], image.origin === 'registry' ? (image.tag ?? '') : image.reference),
    ...(command ?? []).flatMap((word, index) => inside(one([...field, 'command', index], word))),
    ...inside(all([...field, 'environment'], environment)),
    ...inside(all([...field, 'secrets'], secrets)),
  ];
}

function one(field: FieldPath, text: string): TemplateField[] {
  return text.includes('$') ? [{ field, text, inContainer: false }] : [];
}

function all(field: FieldPath, texts: Readonly<Record<string, string>>): TemplateField[] {
  return Object.entries(texts).flatMap(([key, text]) => one([...field, key], text));
}

function inside(fields: readonly TemplateField[]): TemplateField[] {
  return fields.map((field) => ({ ...field, inContainer: true }));
}
