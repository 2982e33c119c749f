import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Writes the part of GitHub's OpenAPI description that the simulator serves, without prose and examples.
 *
 *     node tools/extract-github-openapi.ts <api.github.com.json> sim/github/openapi/operations.json
 *
 * The input is `generated/api.github.com.json` of the npm package `@octokit/openapi` (385 MB installed, which is why
 * it is no dependency of ours).
 */
const operationIds = new Set(
  `
  actions/cancel-workflow-run actions/create-workflow-dispatch actions/get-workflow-run actions/list-workflow-runs
  actions/list-workflow-runs-for-repo
  apps/create-from-manifest apps/create-installation-access-token apps/get-authenticated apps/get-installation
  apps/get-repo-installation
  apps/get-webhook-delivery apps/list-installations apps/list-repos-accessible-to-installation
  apps/list-webhook-deliveries apps/redeliver-webhook-delivery
  checks/create checks/get checks/list-for-ref checks/update
  git/get-tree
  issues/add-labels issues/create-comment issues/create-label issues/delete-comment issues/get issues/get-comment
  issues/get-label issues/list-comments issues/list-events issues/list-for-repo issues/list-labels-for-repo
  issues/list-labels-on-issue issues/remove-label issues/update-comment
  pulls/create pulls/get pulls/list pulls/list-commits pulls/list-files pulls/merge pulls/update
  rate-limit/get
  reactions/create-for-issue-comment reactions/delete-for-issue-comment reactions/list-for-issue-comment
  repos/compare-commits-with-basehead repos/create-deployment repos/create-deployment-status
  repos/create-or-update-file-contents repos/delete-an-environment repos/delete-deployment repos/get repos/get-branch
  repos/get-collaborator-permission-level repos/get-commit repos/get-content repos/get-deployment
  repos/list-branches repos/list-commits repos/list-deployment-statuses repos/list-deployments
  repos/list-pull-requests-associated-with-commit
  users/get-authenticated users/get-by-username
  `
    .trim()
    .split(/\s+/),
);

interface Json {
  [key: string]: unknown;
}

const prose = new Set(['description', 'example', 'examples', 'externalDocs', 'summary', 'tags', 'x-github', 'title']);

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Drops prose everywhere but below `properties`, where the same words are names of fields. */
function withoutProse(node: unknown, namesFields = false): unknown {
  if (Array.isArray(node)) {
    return node.map((item) => withoutProse(item));
  }
  if (!isJson(node)) {
    return node;
  }
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => namesFields || !prose.has(key))
      .map(([key, value]) => [key, withoutProse(value, key === 'properties' && !namesFields)]),
  );
}

function section(node: Json, key: string): Json {
  const value = node[key];
  return isJson(value) ? value : {};
}

function pickPaths(description: Json): { paths: Json; missing: string[] } {
  const missing = new Set(operationIds);
  const paths: Json = {};
  for (const [path, item] of Object.entries(section(description, 'paths'))) {
    for (const [method, operation] of Object.entries(isJson(item) ? item : {})) {
      const id = isJson(operation) ? operation['operationId'] : undefined;
      if (typeof id === 'string' && operationIds.has(id)) {
        missing.delete(id);
        paths[path] = { ...section(paths, path), [method]: withoutProse(operation) };
      }
    }
  }
  return { paths, missing: [...missing] };
}

/** Everything under `components` that the operations reach through `$ref`. */
function pickComponents(description: Json, paths: Json): Json {
  const source = section(description, 'components');
  const picked: { [kind: string]: Json } = {};
  function visit(node: unknown): void {
    if (Array.isArray(node)) {
      node.forEach(visit);
      return;
    }
    if (!isJson(node)) {
      return;
    }
    const ref = node['$ref'];
    const [, , kind, name] = typeof ref === 'string' ? ref.split('/') : [];
    if (kind && name && !picked[kind]?.[name]) {
      const component = withoutProse(section(source, kind)[name]);
      picked[kind] = { ...picked[kind], [name]: component };
      visit(component);
    }
    Object.values(node).forEach(visit);
  }
  visit(paths);
  return picked;
}

const [input, output] = process.argv.slice(2);
if (!input || !output) {
  throw new Error('usage: extract-github-openapi.ts <api.github.com.json> <operations.json>');
}
const description: Json = JSON.parse(readFileSync(input, 'utf8'));
const { paths, missing } = pickPaths(description);
if (missing.length > 0) {
  throw new Error(`not in this description: ${missing.join(', ')}`);
}
const extract = {
  openapi: description['openapi'],
  info: { title: section(description, 'info')['title'], version: section(description, 'info')['version'] },
  paths,
  components: pickComponents(description, paths),
};
writeFileSync(output, `${JSON.stringify(extract)}\n`);
console.log(`${operationIds.size} operations, ${JSON.stringify(extract).length} bytes`);
