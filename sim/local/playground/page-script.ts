/** Browser script, after the patch script: what the server says is shown, and forms are sent without leaving the page. */
export const pageScript = `
const said = document.getElementById('said');
const lost = document.getElementById('lost');
const events = new EventSource('/events?pr=' + document.body.dataset.pr);
events.addEventListener('region', ({ data }) => {
  const { id, html } = JSON.parse(data);
  const before = comments().length;
  patch(document.getElementById(id), html);
  if (comments().length > before) reveal(comments().at(-1));
});
function comments() {
  return [...document.querySelectorAll('#pull .comment')];
}
// Only where the column scrolls by itself: elsewhere the buttons would leave with the rest of the page.
function reveal(comment) {
  const column = comment.closest('.column');
  if (column && column.scrollHeight > column.clientHeight) comment.scrollIntoView({ block: 'nearest' });
}
events.onopen = () => { lost.textContent = ''; };
events.onerror = () => { lost.textContent = 'The local cloud has ended, or is out of reach. What you see is how it last was.'; };

document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (form.method !== 'post') return;
  event.preventDefault();
  const actor = form.querySelector('input[name=actor]');
  if (actor) actor.value = document.getElementById('person').value;
  const body = new URLSearchParams(new FormData(form, event.submitter));
  // The property \`formAction\` of a button without the attribute is the page's own address.
  const to = event.submitter?.getAttribute('formaction') ?? form.getAttribute('action');
  try {
    const response = await fetch(to, { method: 'POST', body, headers: { accept: 'application/json' } });
    said.textContent = (await response.json()).message;
    said.className = response.ok ? '' : 'trouble';
    if (response.ok && 'clear' in form.dataset) form.reset();
  } catch {
    said.textContent = 'That did not reach the local cloud.';
    said.className = 'trouble';
  }
});
document.addEventListener('change', ({ target }) => {
  if (target.name === 'speed') target.form.requestSubmit();
  if (target.id === 'person') sessionStorage.setItem('person', target.value);
});
const person = document.getElementById('person');
const last = sessionStorage.getItem('person');
if (last && [...person.options].some(({ value }) => value === last)) person.value = last;
document.addEventListener('keydown', ({ key }) => {
  const picker = document.querySelector('.picker');
  if (key === 'Escape' && picker.open) {
    picker.open = false;
    picker.firstElementChild.focus();
  }
});
`;
