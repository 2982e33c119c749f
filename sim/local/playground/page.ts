import { html, raw } from 'hono/html';
import type { PullRequest } from '../../github/entities/repository.ts';
import type { Markup } from '../../github/page/layout.ts';
import { contentStyle } from '../../github/page/style.ts';
import { patchScript } from '../../page/patch-script.ts';
import { personView, sayView } from './act-view.ts';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';
import type { Playground } from './playground.ts';
import type { Regions } from './regions.ts';

/** The whole page, complete without its script. */
export function page(playground: Playground, pullRequest: PullRequest, regions: Regions): Markup {
  const { number, title } = pullRequest;
  return html`<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>#${number} ${title} · Mayfly’s local playground</title>
<style>${raw(contentStyle + pageStyle)}</style></head>
<body data-pr="${number}">
${topView(pullRequest, regions)}
<main>
${pullRequestColumn(playground, pullRequest, regions)}
${awsColumn(regions)}
</main>
<footer class="muted">A simulation on this machine: nothing here reaches github.com or an AWS account, and nothing costs anything.
<a href="${playground.cloud.github.url}/${playground.cloud.seed.repository}/pull/${number}">This pull request on the local GitHub</a> ·
<a href="${playground.cloud.awsUrl}/_sim">Everything in the local AWS</a></footer>
<script>${raw(patchScript + pageScript)}</script>
</body>
</html>`;
}

function region(regions: Regions, id: keyof Regions): Markup {
  return html`<div id="${id}">${raw(regions[id])}</div>`;
}

function topView({ number, title }: PullRequest, regions: Regions): Markup {
  return html`<header><div class="bar"><h1>Mayfly <span class="muted">local playground</span></h1>
<nav aria-label="Pull requests"><details class="picker"><summary>#${number} ${title}</summary>${region(regions, 'picker')}</details></nav>
${region(regions, 'mayfly')}
<div class="time" aria-label="The cloud’s clock">${region(regions, 'clock')}${region(regions, 'speed')}</div></div>
<p id="said" role="status">Add the label, and watch an environment come up on the right. Then push, comment, close, or break something.</p><p id="lost" role="alert"></p></header>`;
}

function pullRequestColumn({ repository, cloud }: Playground, pullRequest: PullRequest, regions: Regions): Markup {
  return html`<div class="column">
<section class="card" aria-labelledby="act-title"><div class="line"><h2 id="act-title">What people do</h2>${personView(repository, cloud.github.store.users)}</div>${region(regions, 'act')}${sayView(repository, pullRequest)}</section>
<section class="card" aria-labelledby="pull-title"><h2 id="pull-title">On GitHub</h2>${region(regions, 'pull')}</section>
<section class="card" aria-labelledby="hooks-title"><h2 id="hooks-title">What GitHub sends to Mayfly</h2>${region(regions, 'hooks')}</section></div>`;
}

function awsColumn(regions: Regions): Markup {
  return html`<div class="column">
<section class="card" aria-labelledby="break-title"><h2 id="break-title">Break things</h2>${region(regions, 'break')}</section>
<section class="card" aria-labelledby="aws-title"><h2 id="aws-title">On AWS</h2>${region(regions, 'aws')}</section>
<section class="card" aria-labelledby="calls-title"><h2 id="calls-title">What AWS is asked to do</h2>${region(regions, 'calls')}</section></div>`;
}
