import { referencesOf } from '../../../domain/template.ts';
import {
  knownReferences,
  OWN_IMAGE_TAG,
  referenceProblem,
  type TemplateScope,
} from '../../../domain/template-reference.ts';
import type { FieldPath, Finding } from '../../document/finding.ts';
import type { Blueprint, BlueprintContainer } from '../blueprint.ts';

/** A text of the file in which references may stand. */
interface TemplateField {
  readonly field: FieldPath;
  readonly text: string;
  /** `image.tag` has a meaning in a container only; a name is needed before anything is made. */
  readonly place: 'name' | 'container' | 'text';
}

/** Every `${reference}` can be followed from where it stands. */
export function templateFindings(blueprint: Blueprint): Finding[] {
  const known = knownReferences({
    internal: Object.keys(blueprint.services).filter((name) => blueprint.services[name]?.expose === 'internal'),
    images: [...Object.keys(blueprint.services), ...standingTasks(blueprint)],
    hosted: Object.keys(blueprint.services).filter((name) => (blueprint.services[name]?.hosts.length ?? 0) > 0),
    refs: Object.keys(blueprint.refs),
    database: databaseScope(blueprint),
  });
  const outside = known.filter((reference) => reference !== OWN_IMAGE_TAG);
  return templateFields(blueprint).flatMap(({ field, text, place }) =>
    referencesOf(text).flatMap((reference) => {
      const message = referenceProblem(reference, place === 'container' ? known : outside, {
        forName: place === 'name',
      });
      return message === undefined ? [] : [{ field, message, found: `\${${reference}}`, allowed: null }];
    }),
  );
}

/** Who inherits the source's users is not given the master user besides. */
function databaseScope({ database }: Blueprint): TemplateScope['database'] {
  return database && { named: database.name !== null, master: database.credentials !== 'inherit' };
}

/** A task on demand has no image before somebody asks for it. */
function standingTasks({ tasks }: Blueprint): string[] {
  return Object.keys(tasks).filter((name) => tasks[name]?.phase !== 'on-demand');
}

function templateFields({ parameters, secrets, aliases, services, tasks, images, suites }: Blueprint): TemplateField[] {
  return [
    ...parameters.flatMap(({ to, set }, index) => [
      ...name(['parameters', index, 'to'], to),
      ...all(['parameters', index, 'set'], set),
    ]),
    ...secrets.flatMap(({ copy, to, set }, index) => [
      ...name(['secrets', index, 'copy'], copy ?? ''),
      ...name(['secrets', index, 'to'], to),
      ...all(['secrets', index, 'set'], set),
    ]),
    ...all(['aliases'], aliases),
    ...Object.entries(services).flatMap(([key, service]) => [
      ...containerFields(['services', key], service),
      ...Object.entries(service.sidecars).flatMap(([sidecar, container]) =>
        containerFields(['services', key, 'sidecars', sidecar], container),
      ),
    ]),
    ...Object.entries(tasks).flatMap(([key, task]) => containerFields(['tasks', key], task)),
    // A build is asked for while the images and the clone are still missing.
    ...early(all(['images', 'build', 'inputs'], images.build?.inputs ?? {})),
    ...Object.entries(suites).flatMap(([key, { inputs }]) => all(['suites', key, 'inputs'], inputs)),
  ];
}

function containerFields(field: FieldPath, container: BlueprintContainer): TemplateField[] {
  const { image, command, environment, secrets } = container;
  return [
    ...name([...field, 'image'], image.origin === 'registry' ? (image.tag ?? '') : image.reference),
    ...(command ?? []).flatMap((word, index) => inside(one([...field, 'command', index], word))),
    ...inside(all([...field, 'environment'], environment)),
    ...inside(all([...field, 'secrets'], secrets)),
  ];
}

function one(field: FieldPath, text: string): TemplateField[] {
  return text.includes('$') ? [{ field, text, place: 'text' }] : [];
}

function all(field: FieldPath, texts: Readonly<Record<string, string>>): TemplateField[] {
  return Object.entries(texts).flatMap(([key, text]) => one([...field, key], text));
}

function name(field: FieldPath, text: string): TemplateField[] {
  return early(one(field, text));
}

function early(fields: readonly TemplateField[]): TemplateField[] {
  return fields.map((field) => ({ ...field, place: 'name' }));
}

function inside(fields: readonly TemplateField[]): TemplateField[] {
  return fields.map((field) => ({ ...field, place: 'container' }));
}
