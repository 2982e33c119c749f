import { DeleteServiceCommand } from '@aws-sdk/client-ecs';
import { setBehaviour } from '../../aws/ecs/behaviour.ts';
import { logLine } from '../../aws/ecs/container-log.ts';
import { tasksOf } from '../../aws/ecs/service-tasks.ts';
import type { Service, Task } from '../../aws/ecs/state.ts';
import { endTask } from '../../aws/ecs/task-ending.ts';
import type { World } from '../../aws/world.ts';
import type { LocalCloud } from '../local-cloud.ts';
import { Refused } from './refused.ts';

const CRASH_EXIT_CODE = 139;

/** One service of one environment: `pr-1721`, `api`. */
export interface ServiceOf {
  readonly environment: string;
  readonly service: string;
}

/** What goes wrong with a service that runs. Each answers a sentence on what it did, and throws Refused. */
export function createServiceMischief({ clients }: Pick<LocalCloud, 'clients'>, world: World) {
  function servicesOf(environment: string): Service[] {
    return [...world.ecs.services.values()].filter(
      ({ tags, status }) => tags['Environment'] === environment && status === 'ACTIVE',
    );
  }

  function find({ environment, service }: ServiceOf): Service {
    const found = servicesOf(environment).find((each) => shortName(each) === service);
    if (!found) {
      throw new Refused(409, `${environment} has no service ${service}`);
    }
    return found;
  }

  function runningTask(of: Service): Task {
    const task = tasksOf(world, of).find(({ lastStatus }) => lastStatus === 'RUNNING');
    if (!task) {
      throw new Refused(409, `no task of ${shortName(of)} runs`);
    }
    return task;
  }

  /** On the image the service runs now: a push brings another image, which is well again. Answers the path. */
  function answerHealthChecks(of: Service, status: number): string {
    const [target] = of.settings.loadBalancers ?? [];
    const group = target && world.elbv2.targetGroups.get(target.targetGroupArn ?? '');
    const container = runningTask(of).containers.find(({ definition }) => definition.name === target?.containerName);
    if (!group || !container?.definition.image) {
      throw new Refused(409, `nobody checks the health of ${shortName(of)}: it is not behind the load balancer`);
    }
    const { path } = group.healthCheck;
    setBehaviour(world, { image: container.definition.image, statusByPath: status === 200 ? {} : { [path]: status } });
    return path;
  }

  return {
    /** The services of an environment, for a person to choose from. */
    services: (environment: string): string[] => servicesOf(environment).map(shortName).toSorted(),
    crashTask(at: ServiceOf): string {
      const task = runningTask(find(at));
      for (const container of task.containers.filter(({ lastStatus }) => lastStatus === 'RUNNING')) {
        logLine(world, { task, container }, 'segmentation fault');
        container.lastStatus = 'STOPPED';
        container.exitCode = CRASH_EXIT_CODE;
        container.listensFrom = undefined;
      }
      endTask(world, task, { code: 'EssentialContainerExited', reason: 'Essential container in task exited' });
      task.notify();
      return `A task of ${at.service} crashed with exit code ${CRASH_EXIT_CODE}. ECS starts another.`;
    },
    failHealthCheck: (at: ServiceOf): string =>
      `${answerHealthChecks(find(at), 500)} of ${at.service} answers 500 from now on.`,
    mendHealthCheck: (at: ServiceOf): string =>
      `${answerHealthChecks(find(at), 200)} of ${at.service} answers 200 again.`,
    async deleteService(at: ServiceOf): Promise<string> {
      const { arn, cluster } = find(at);
      await clients.ecs.send(new DeleteServiceCommand({ cluster: cluster.arn, service: arn, force: true }));
      return `Somebody deleted the service ${at.service} by hand.`;
    },
  };
}

function shortName({ name, tags }: Service): string {
  return name.replace(new RegExp(`^.*?${tags['Environment'] ?? ''}-`), '');
}
