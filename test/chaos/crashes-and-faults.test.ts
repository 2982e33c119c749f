import { CreateTargetGroupCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type ChaosCloud, startChaosCloud } from '../../sim/chaos/chaos-cloud.ts';
import { judge } from '../../sim/chaos/judge.ts';
import type { Journey } from '../../sim/chaos/rounds/journey.ts';
import type { Blow, Mission } from '../../sim/chaos/rounds/mission.ts';
import { playRound } from '../../sim/chaos/rounds/round.ts';
import { violationLine } from '../../sim/chaos/truth/violation.ts';
import { type PostgresServer, startPostgres } from '../../sim/postgres/embedded-postgres.ts';
import { reportMissing } from '../support/database.ts';

/** The server loads and starts seven times, on a machine that others are busy on. */
const LIFE_MS = 240_000;

const AFTER: Blow = { kind: 'crash', when: 'after' };
const BEFORE: Blow = { kind: 'crash', when: 'before' };
const LOST: Blow = { kind: 'fault', strike: { kind: 'lose-answer' }, everyAttempt: true, mayFail: false };
const UNWELL: Blow = {
  kind: 'fault',
  strike: { kind: 'answer', status: 502, message: 'Server Error' },
  everyAttempt: false,
  mayFail: false,
};

function mission(journey: Journey, id: string, blow: Blow): Mission {
  const [side = ''] = id.split(' ');
  const point = { id, side: side as 'aws' | 'github', operation: '', mutates: true };
  return { id: `${journey}/${id}`, journey, point, blow, requests: [], isAlone: false };
}

const postgres = await startPostgres().catch((error: unknown) => ({ error }));
if ('error' in postgres) {
  reportMissing(postgres.error);
} else {
  defineTests(postgres);
}

function defineTests(server: PostgresServer): void {
  jest.setTimeout(LIFE_MS);
  let cloud: ChaosCloud;

  beforeAll(async () => {
    cloud = await startChaosCloud({ databaseUrl: await server.createDatabase(), speed: 60 });
  }, LIFE_MS);
  afterAll(async () => {
    await cloud.stop();
    await server.stop();
  }, LIFE_MS);

  describe('a server that is killed, and calls that fail', () => {
    it('ends in the same place: what is wanted, nothing twice, nothing left', async () => {
      const lives = [
        {
          create: mission('create', 'aws rds:CreateDBInstance nonprod-pr-N nonprod-pr-N-# 1', AFTER),
          update: mission('update', 'aws ecs:UpdateService task-definition/nonprod-pr-N-web:# 1', BEFORE),
          destroy: mission('destroy', 'aws rds:DeleteDBCluster nonprod-pr-N 1', AFTER),
        },
        {
          create: mission('create', 'github issues/create-comment /issues/#/comments 1', AFTER),
          update: mission('update', 'github checks/create /check-runs 1', UNWELL),
          destroy: mission('destroy', 'aws secretsmanager:DeleteSecret CHAOS-pr-N 1', LOST),
        },
        {
          create: mission('create', 'aws secretsmanager:CreateSecret nonprod/pr-N/database 1', LOST),
          update: mission('update', 'aws secretsmanager:DeleteSecret nonprod/pr-N/database-user 1', AFTER),
          destroy: mission('destroy', 'aws rds:DeleteDBInstance nonprod-pr-N-# 1', BEFORE),
        },
      ];
      const { debriefings, findings } = await playRound(cloud, { name: 'fire', lives });

      expect(findings.map(({ what }) => what)).toEqual([]);
      expect(debriefings.filter(({ reached }) => !reached)).toEqual([]);
      expect(debriefings).toHaveLength(9);
    });

    it('comes up again when it worked for one alone: what asks for nobody is let through', async () => {
      const alone = {
        ...mission(
          'create',
          'github repos/get-collaborator-permission-level /collaborators/vol-developer/permission 1',
          AFTER,
        ),
        isAlone: true,
      };
      const lives = [{ create: alone }];
      const { debriefings, findings } = await playRound(cloud, { name: 'alone', lives });

      expect(findings.map(({ what }) => what)).toEqual([]);
      expect(debriefings.map(({ reached }) => reached)).toEqual([true]);
    });

    it('would be told of what nobody wants', async () => {
      const tags = {
        Name: 'nonprod-pr-999-stray',
        Environment: 'pr-999',
        TTL: '2026-12-24T09:00:00Z',
        Branch: 'stray',
        EphemeralEnv: 'true',
        Repository: cloud.seed.repository,
        PullRequest: '999',
        Commit: 'stray',
        ManagedBy: 'mayfly',
      };
      await cloud.clients.elb.send(
        new CreateTargetGroupCommand({
          Name: tags.Name,
          Protocol: 'HTTP',
          Port: 8080,
          TargetType: 'ip',
          VpcId: cloud.platform.network.vpcId,
          Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        }),
      );
      // What is untrue is looked at again for a while: that passes at once.
      cloud.clock.setSpeed(5000);

      expect((await judge(cloud, new Set())).map(violationLine)).toEqual([
        expect.stringContaining('nonprod-pr-999-stray stands, and there is no such pull request'),
      ]);
    });
  });
}
