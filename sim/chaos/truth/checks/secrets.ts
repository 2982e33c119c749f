import type { Case } from '../case.ts';
import { type Violation, violation } from '../violation.ts';
import { secretMembers } from '../witness.ts';

/** Where something was said, and what. */
interface Said {
  readonly where: string;
  readonly text: string;
}

/** No secret stands in anything that people or logs are told. */
export function checkSecrets(one: Case): Violation[] {
  const secrets = [...secretsOf(one)];
  return [...onGitHub(one), ...inTags(one), ...inMemory(one), ...inLog(one)].flatMap(({ where, text }) =>
    secrets.some((secret) => text.includes(secret)) ? [violation(13, where, 'it tells a secret')] : [],
  );
}

/** Whatever anything in the world keeps to itself. */
function secretsOf({ cloud }: Case): ReadonlySet<string> {
  const { aws, github, witness } = cloud;
  const kept = [...aws.world.secretsManager.secrets.values()].flatMap(({ versions }) =>
    [...versions.values()].flatMap(({ value }) => (value.text === undefined ? [] : secretMembers(value.text))),
  );
  const parameters = [...aws.world.ssm.parameters.values()]
    .filter(({ type }) => type === 'SecureString')
    .flatMap(({ versions }) => versions.map(({ value }) => value));
  const { webhookSecret, privateKeyPem } = github.app;
  const keyLines = privateKeyPem.split('\n').filter((line) => line !== '' && !line.startsWith('-----'));
  const tokens = github.store.tokens.keys();
  return new Set([...witness.secrets, ...kept, ...parameters, webhookSecret, ...keyLines.slice(0, 3), ...tokens]);
}

function onGitHub({ cloud }: Case): Said[] {
  const { comments, checkRuns, deployments } = cloud.github.store.repository(cloud.repository);
  return [
    ...[...comments.values()]
      .filter(({ viaApp }) => viaApp)
      .map(({ id, body }) => ({ where: `comment ${id}`, text: body })),
    ...[...checkRuns.values()].map(({ id, output }) => ({ where: `check run ${id}`, text: JSON.stringify(output) })),
    ...[...deployments.values()].map(({ id, payload, statuses }) => ({
      where: `deployment ${id}`,
      text: JSON.stringify([
        payload,
        statuses.map(({ description, environmentUrl, logUrl }) => [description, environmentUrl, logUrl]),
      ]),
    })),
  ];
}

function inTags({ things }: Case): Said[] {
  return things.map(({ kind, name, tags }) => ({
    where: `the tags of the ${kind} ${name}`,
    text: JSON.stringify(tags),
  }));
}

function inMemory({ pulls }: Case): Said[] {
  return pulls.flatMap(({ environment, record, rows }) => [
    { where: `the record of ${environment}`, text: JSON.stringify(record ?? null) },
    ...rows.map((row) => ({ where: `the row of ${row.name}`, text: JSON.stringify(row) })),
  ]);
}

function inLog({ cloud }: Case): Said[] {
  return (cloud.log ?? []).map((text, index) => ({ where: `line ${index + 1} of the log`, text }));
}
