import { createSteppedClock } from '../../sim/clock.ts';
import { describeWorkflows } from '../contract/workflows-contract.ts';
import { createFakeWorkflows } from './fake-workflows.ts';

describeWorkflows(async () => {
  const clock = createSteppedClock();
  const workflows = createFakeWorkflows(clock);
  workflows.writers.add('octocat');
  const indexOf = (id: number) => workflows.runs.findIndex(({ facts }) => facts.link.id === id);
  return await Promise.resolve({
    workflows,
    place: { repository: 'acme/shop', installationId: 1 },
    branch: 'feature/checkout',
    writer: 'octocat',
    reader: 'outsider',
    start: (id) => workflows.to(indexOf(id), { state: 'running', conclusion: null }),
    end: (id, conclusion) => {
      if (conclusion !== 'void' && conclusion !== 'not-started') {
        workflows.to(indexOf(id), { state: 'ended', conclusion });
      }
    },
    // Others' runs are not among these at all.
    startAsSomebodyElse: () => undefined,
    settle: () => undefined,
    now: () => clock.now(),
  });
});
