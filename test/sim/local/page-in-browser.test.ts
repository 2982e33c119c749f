import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type HTMLElement, type HTMLInputElement, Window } from 'happy-dom';
import { pageScript } from '../../../sim/local/playground/page-script.ts';
import { patchScript } from '../../../sim/page/patch-script.ts';

const ADDRESS = 'http://127.0.0.1:4080/?pr=7';

/** What the scripts need of the page, with one form of each sort that is on it. */
const BODY = `<div class="column" id="column"><div id="pull"></div></div><p id="said"></p><p id="lost"></p><details class="picker"><summary></summary></details>
<select id="person"><option value="ann">ann</option><option value="bob">bob</option></select>
<form method="post" action="/o/r/pull/7/label"><input type="hidden" name="actor" value=""><input type="hidden" name="label" value="ephemeral"><button id="label">Add</button></form>
<form method="post" action="/o/r/pull/7/comment"><input type="hidden" name="actor" value=""><button id="extend" name="body" value="/ephemeral extend 3d">extend</button></form>
<form method="post" action="/o/r/pull/7/comment" data-clear><input type="hidden" name="actor" value=""><input id="say" name="body"><button id="comment">Comment</button></form>
<form method="post"><select name="service"><option>api</option></select><button id="crash" formaction="/break/crash-task">Crash</button></form>`;

interface Posted {
  readonly to: string;
  readonly fields: { readonly [name: string]: string };
}

let window: Window;
let say: (region: string, html: string) => void;
let posted: Posted[];
let answer: { ok: boolean; message: string };

function byId(id: string): HTMLElement {
  return window.document.getElementById(id) as HTMLElement;
}

/** Lets the answer of the server arrive. */
async function push(id: string): Promise<void> {
  byId(id).click();
  await window.happyDOM.waitUntilComplete();
}

beforeEach(() => {
  posted = [];
  answer = { ok: true, message: 'done' };
  window = new Window({
    url: ADDRESS,
    settings: { enableJavaScriptEvaluation: true, suppressInsecureJavaScriptEnvironmentWarning: true },
  });
  window.document.body.dataset['pr'] = '7';
  window.document.body.innerHTML = BODY;
  Object.assign(window, {
    EventSource: class {
      addEventListener(_: string, listener: (event: { data: string }) => void): void {
        say = (id, html) => listener({ data: JSON.stringify({ id, html }) });
      }
    },
    fetch: async (to: string, { body }: { body: URLSearchParams }) => {
      posted.push({ to: new URL(to, ADDRESS).pathname, fields: Object.fromEntries(body) });
      return { ok: answer.ok, json: async () => ({ message: answer.message }) };
    },
  });
  window.eval(patchScript + pageScript);
});

afterEach(async () => await window.happyDOM.close());

describe('the playground in a browser', () => {
  it('sends a form where the form says, and as whom', async () => {
    await push('label');
    expect(posted).toEqual([{ to: '/o/r/pull/7/label', fields: { actor: 'ann', label: 'ephemeral' } }]);
    expect(byId('said').textContent).toBe('done');
  });

  it('sends what the pushed button says, where that button says', async () => {
    await push('extend');
    await push('crash');
    expect(posted).toEqual([
      { to: '/o/r/pull/7/comment', fields: { actor: 'ann', body: '/ephemeral extend 3d' } },
      { to: '/break/crash-task', fields: { service: 'api' } },
    ]);
  });

  it('brings a new comment into sight where its column scrolls, and nothing else', () => {
    const seen: string[] = [];
    Object.assign(window.HTMLElement.prototype, {
      scrollIntoView(this: HTMLElement) {
        seen.push(this.id);
      },
    });
    const comment = (id: string): string => `<div class="comment" id="${id}" data-key="${id}">text</div>`;
    say('pull', comment('first'));
    expect(seen).toEqual([]);
    Object.defineProperty(byId('column'), 'scrollHeight', { value: 900 });
    say('pull', comment('first') + comment('second'));
    say('pull', `${comment('first')}${comment('second').replace('text', 'edited')}`);
    expect(seen).toEqual(['second']);
  });

  it('clears what was said once it arrived, and keeps what was refused', async () => {
    const say = byId('say') as HTMLInputElement;
    say.value = 'hello';
    answer = { ok: false, message: 'GitHub refuses: no' };
    await push('comment');
    expect(say.value).toBe('hello');
    expect(byId('said')).toMatchObject({ textContent: 'GitHub refuses: no', className: 'trouble' });
    answer = { ok: true, message: 'ann commented: hello' };
    await push('comment');
    expect(say.value).toBe('');
  });
});
