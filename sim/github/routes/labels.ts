import { addLabel, createLabel, labelNamed, removeLabel } from '../behaviour/labels.ts';
import {
  type Answer,
  type Call,
  created,
  found,
  list,
  ok,
  param,
  type Routes,
  repositoryOf,
  sceneOf,
} from '../http/call.ts';
import { isJsonObject, type JsonObject, listAt, textAt } from '../json.ts';
import { labelJson, labelsJson } from '../wire/label.ts';
import type { World } from '../world.ts';
import { pullRequestOf, pullRequestSceneOf } from './pulls.ts';

/** Names come as `["a"]`, or as `[{ "name": "a" }]`. */
function namesIn(body: JsonObject): string[] {
  return (listAt(body, 'labels') ?? []).flatMap((label) => {
    const name = isJsonObject(label) ? textAt(label, 'name') : label;
    return typeof name === 'string' ? [name] : [];
  });
}

function labelsOf(world: World, call: Call): JsonObject[] {
  return labelsJson(world, repositoryOf(call), pullRequestOf(call, 'issue_number').labels);
}

function addLabels(world: World, call: Call): Answer {
  const scene = pullRequestSceneOf(call, 'issue_number');
  for (const name of namesIn(call.body)) {
    addLabel(world, scene, name);
  }
  return ok(labelsOf(world, call));
}

export function createLabelRoutes(world: World): Routes {
  return {
    'issues/add-labels': (call) => addLabels(world, call),
    'issues/remove-label': (call) => {
      removeLabel(world, pullRequestSceneOf(call, 'issue_number'), param(call, 'name'));
      return ok(labelsOf(world, call));
    },
    'issues/list-labels-on-issue': (call) => list(labelsOf(world, call)),
    'issues/list-labels-for-repo': (call) => {
      const repository = repositoryOf(call);
      return list([...repository.labels.values()].map((label) => labelJson(world, repository, label)));
    },
    'issues/get-label': (call) => {
      const repository = repositoryOf(call);
      return ok(labelJson(world, repository, found(labelNamed(repository, param(call, 'name')))));
    },
    'issues/create-label': (call) => {
      const name = textAt(call.body, 'name') ?? '';
      const looks = { color: textAt(call.body, 'color'), description: textAt(call.body, 'description') };
      return created(labelJson(world, repositoryOf(call), createLabel(world, sceneOf(call), { name, ...looks })));
    },
  };
}
