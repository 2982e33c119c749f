import { type Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { PullRequest } from '../../github/entities/repository.ts';
import { GitHubError } from '../../github/errors.ts';
import { createFormActions } from '../../github/page/forms.ts';
import { breakages } from './breakages.ts';
import { MAX_SPEED, MIN_SPEED } from './clock-view.ts';
import { streamRegions } from './event-stream.ts';
import { page } from './page.ts';
import type { Playground } from './playground.ts';
import { Refused } from './refused.ts';
import { createRegions } from './regions.ts';
import { said } from './said.ts';

/** The pull request of the first users that the demo tells of too. */
const FIRST_SHOWN = 1721;

type Field = (name: string) => string;

/** The page, its events and its buttons. `ended` resolves when the program ends. */
export function createApp(playground: Playground, ended: Promise<void>): Hono {
  const { cloud, mayfly } = playground;
  const app = new Hono();
  const render = createRegions(playground);

  app.get('/', async (context) => {
    const pullRequest = find(playground, context.req.query('pr') ?? FIRST_SHOWN);
    return context.html(await page(playground, pullRequest, await render(pullRequest)));
  });

  app.get('/events', (context) => {
    const pullRequest = find(playground, context.req.query('pr') ?? FIRST_SHOWN);
    return streamSSE(context, async (stream) => {
      await streamRegions(stream, { render: async () => await render(pullRequest), ended });
    });
  });

  app.post('/clock', async (context) => {
    const speed = Number((await fieldsOf(context))('speed'));
    if (!(speed >= MIN_SPEED && speed <= MAX_SPEED)) {
      throw new Refused(400, `The speed goes from ${MIN_SPEED} to ${MAX_SPEED}.`);
    }
    cloud.clock.setSpeed(speed);
    return answer(context, `One second here is now ${speed} of the cloud’s.`);
  });

  app.post('/mayfly/:way', (context) => {
    const way = context.req.param('way');
    if (way === 'stop') {
      mayfly.stop();
      return answer(context, 'Mayfly is told to stop. AWS goes on; webhooks will find nobody.');
    }
    mayfly.start();
    return answer(context, 'Mayfly starts again on the state it had.');
  });

  app.post('/break/:what', async (context) => {
    const breakage = breakages[context.req.param('what')];
    if (!breakage) {
      throw new Refused(404, 'There is no such thing to break.');
    }
    const field = await fieldsOf(context);
    const at = { environment: field('environment'), service: field('service') };
    return answer(context, await breakage(playground.mischief, at));
  });

  app.post('/:owner/:repo/pull/:number/:action', async (context) => await act(playground, context));

  app.notFound((context) => context.text('There is nothing here. The playground is at /.', 404));
  app.onError((error) => refusal(error));
  return app;
}

function find({ pullRequest }: Playground, number: string | number): PullRequest {
  const found = pullRequest(Number(number));
  if (!found) {
    throw new Refused(404, `There is no pull request ${number}.`);
  }
  return found;
}

/** What a form of the pull request's own page does; the developer does it unless the form says who. */
async function act(playground: Playground, context: Context): Promise<Response> {
  const { cloud } = playground;
  const { repository, people } = cloud.seed;
  const pullRequest = find(playground, context.req.param('number') ?? '');
  const action = context.req.param('action') ?? '';
  const formAction = createFormActions(cloud.github.actions)[action];
  if (!formAction) {
    throw new Refused(404, `Nobody can ${action} a pull request.`);
  }
  const given = await fieldsOf(context);
  const actor = given('actor') || people.developer;
  const field: Field = (name) =>
    name === 'content' ? given('content') || `reviewed ${cloud.clock.now().toISOString()}` : given(name);
  formAction({ repository, actor, number: pullRequest.number }, field, pullRequest);
  return answer(context, said(action, { actor, field }), pullRequest.number);
}

/** A form without fields is sent without a type by some. */
async function fieldsOf(context: Context): Promise<Field> {
  const form = context.req.header('content-type') === undefined ? new FormData() : await context.req.formData();
  return (name) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
}

/** A sentence for the page's script; a browser without scripts is sent back to the page. */
function answer(context: Context, message: string, number?: number): Response {
  if (context.req.header('accept')?.includes('application/json')) {
    return context.json({ message });
  }
  const referer = context.req.header('referer') ?? '/';
  return context.redirect(number === undefined ? referer : `/?pr=${number}`, 303);
}

function refusal(error: Error): Response {
  const status = error instanceof Refused || error instanceof GitHubError ? error.status : 500;
  const who = error instanceof GitHubError ? 'GitHub refuses: ' : '';
  const message = status === 500 ? `That did not work: ${error.message}` : `${who}${error.message}`;
  return Response.json({ message }, { status });
}
