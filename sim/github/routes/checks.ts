import { type CheckFields, createCheckRun, updateCheckRun } from '../behaviour/checks.ts';
import type { CheckAction, CheckRun } from '../entities/check-run.ts';
import { resolveRef } from '../entities/history.ts';
import {
  type Answer,
  type Call,
  created,
  found,
  list,
  numberParam,
  ok,
  param,
  type Routes,
  repositoryOf,
  sceneOf,
} from '../http/call.ts';
import { dateAt, isJsonObject, type JsonObject, listAt, objectAt, textAt } from '../json.ts';
import { checkRunJson } from '../wire/check-run.ts';
import type { World } from '../world.ts';

function runOf(call: Call): CheckRun {
  return found(repositoryOf(call).checkRuns.get(numberParam(call, 'check_run_id')));
}

function actionsIn(body: JsonObject): CheckAction[] | undefined {
  return listAt(body, 'actions')
    ?.filter(isJsonObject)
    .map((action) => ({
      label: textAt(action, 'label') ?? '',
      description: textAt(action, 'description') ?? '',
      identifier: textAt(action, 'identifier') ?? '',
    }));
}

function outputIn(body: JsonObject): CheckFields['output'] {
  const output = objectAt(body, 'output');
  return 'output' in body
    ? { title: textAt(output, 'title'), summary: textAt(output, 'summary'), text: textAt(output, 'text') }
    : undefined;
}

/** Only the fields that were sent. */
function fieldsIn(body: JsonObject): CheckFields {
  const fields = {
    name: textAt(body, 'name'),
    status: textAt(body, 'status'),
    conclusion: textAt(body, 'conclusion'),
    detailsUrl: textAt(body, 'details_url'),
    externalId: textAt(body, 'external_id'),
    startedAt: dateAt(body, 'started_at'),
    completedAt: dateAt(body, 'completed_at'),
    output: outputIn(body),
    actions: actionsIn(body),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function newestOfEachName(runs: readonly CheckRun[]): CheckRun[] {
  return [...new Map(runs.map((run) => [run.name, run])).values()];
}

function listForRef(world: World, call: Call): Answer {
  const repository = repositoryOf(call);
  const commit = found(resolveRef(repository, param(call, 'ref')));
  const { query } = call;
  const all = [...repository.checkRuns.values()].filter(
    (run) =>
      run.suite.headSha === commit.sha &&
      (query.get('check_name') ?? run.name) === run.name &&
      (query.get('status') ?? run.status) === run.status &&
      (query.get('app_id') ?? String(world.app.id)) === String(world.app.id),
  );
  const runs = (query.get('filter') === 'all' ? all : newestOfEachName(all)).toReversed();
  const items = runs.map((run) => checkRunJson(world, repository, run));
  return list(items, (page) => ({ total_count: items.length, check_runs: page }));
}

export function createCheckRoutes(world: World): Routes {
  return {
    'checks/create': (call) => {
      const fields = { ...fieldsIn(call.body), headSha: textAt(call.body, 'head_sha') ?? '' };
      return created(checkRunJson(world, repositoryOf(call), createCheckRun(world, sceneOf(call), fields)));
    },
    'checks/update': (call) => {
      const run = runOf(call);
      updateCheckRun(world, sceneOf(call), { run, fields: fieldsIn(call.body) });
      return ok(checkRunJson(world, repositoryOf(call), run));
    },
    'checks/get': (call) => ok(checkRunJson(world, repositoryOf(call), runOf(call))),
    'checks/list-for-ref': (call) => listForRef(world, call),
  };
}
