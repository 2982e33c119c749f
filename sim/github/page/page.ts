import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { fullName, type PullRequest, type Repository } from '../entities/repository.ts';
import type { Store } from '../entities/store.ts';
import { GitHubError, notFound } from '../errors.ts';
import type { People } from '../people/people.ts';
import type { World } from '../world.ts';
import { controlsView } from './controls.ts';
import { createFormActions, fieldsOf } from './forms.ts';
import { layout, type Markup } from './layout.ts';
import { pullsView, repositoriesView } from './list-view.ts';
import { createMarkdown } from './markdown.ts';
import { pullView } from './pull-view.ts';
import { addRegistrationPages } from './registration-pages.ts';

function findRepository(store: Store, context: Context): Repository {
  const repository = store.repositories.get(`${context.req.param('owner')}/${context.req.param('repo')}`);
  if (!repository) {
    throw notFound();
  }
  return repository;
}

function findPullRequest(store: Store, context: Context): PullRequest {
  const pullRequest = findRepository(store, context).pullRequests.get(Number(context.req.param('number')));
  if (!pullRequest) {
    throw notFound();
  }
  return pullRequest;
}

async function show(
  context: Context,
  page: { title: string; path: Markup; live: Markup; controls?: Markup },
): Promise<Response> {
  const isFragment = context.req.query('fragment') !== undefined;
  return context.html(await (isFragment ? page.live : layout({ controls: html``, ...page })));
}

async function refusal(error: Error, context: Context): Promise<Response> {
  const status = error instanceof GitHubError ? error.status : 500;
  const back = html`<p><a href="${context.req.header('referer') ?? '/'}">Back</a></p>`;
  const page = await html`<h1>GitHub refuses</h1><p>${error.message}</p>${back}`;
  return new Response(page.toString(), { status, headers: { 'content-type': 'text/html; charset=utf-8' } });
}

/** The pages a person would see on GitHub, as a plain request listener. */
export function createPage(
  world: World,
  people: People,
  { rewriteLink, clientNow }: { rewriteLink: (href: string) => string; clientNow: () => Date },
): RequestListener {
  const { store } = world;
  const tools = { markdown: createMarkdown(rewriteLink), rewriteLink };
  const formActions = createFormActions(people);
  const app = new Hono();

  const repositoryAt = (context: Context): Repository => findRepository(store, context);
  const pullRequestAt = (context: Context): PullRequest => findPullRequest(store, context);

  app.get(
    '/',
    async (context) =>
      await show(context, {
        title: 'Repositories',
        path: html``,
        live: repositoriesView([...store.repositories.values()]),
      }),
  );

  addRegistrationPages(app, world, clientNow);

  app.get('/:owner/:repo', (context) => context.redirect(`/${fullName(repositoryAt(context))}/pulls`));

  app.get('/:owner/:repo/pulls', async (context) => {
    const repository = repositoryAt(context);
    return await show(context, {
      title: fullName(repository),
      path: html`${fullName(repository)}`,
      live: pullsView(repository),
    });
  });

  app.get('/:owner/:repo/pull/:number', async (context) => {
    const repository = repositoryAt(context);
    const pullRequest = pullRequestAt(context);
    const name = fullName(repository);
    return await show(context, {
      title: `${pullRequest.title} · #${pullRequest.number}`,
      path: html`<a href="/${name}/pulls">${name}</a>`,
      live: pullView(tools, repository, pullRequest),
      controls: controlsView(store.users, repository, pullRequest),
    });
  });

  app.post('/:owner/:repo/pull/:number/:action', async (context) => {
    const pullRequest = pullRequestAt(context);
    const field = fieldsOf(await context.req.formData());
    const at = { repository: fullName(repositoryAt(context)), actor: field('actor'), number: pullRequest.number };
    const act = formActions[context.req.param('action')];
    if (!act) {
      throw notFound();
    }
    act(at, field, pullRequest);
    return context.redirect(`/${at.repository}/pull/${at.number}`, 303);
  });

  app.notFound((context) =>
    context.json({ message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' }, 404),
  );

  app.onError(refusal);

  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  return (request, response) => {
    listener(request, response).catch(() => response.destroy());
  };
}
