// "I helped": the dialog that notes an intervention, and the list of what came of the last ones.

import { byId, el, show } from './dom.js';
import { ago, kindWord, KINDS, outcomeWord } from './words.js';
import { uuid } from './token.js';

/** Makes the dialog; `save(body)` stores the intervention and `done()` follows. */
export function helpDialog({ save, done }) {
  const dialog = byId('help-dialog');
  let about = null;
  let requestId = null;
  byId('help-kinds').replaceChildren(...KINDS.map(([kind, words], index) =>
    el('label', { class: 'choice' },
      el('input', { type: 'radio', name: 'kind', value: kind, required: true, checked: index === 0 }), el('span', {}, words))));
  byId('help-cancel').addEventListener('click', () => dialog.close());
  byId('help-form').addEventListener('submit', submit);

  async function submit(event) {
    event.preventDefault();
    const form = new FormData(byId('help-form'));
    const note = byId('help-note').value.trim();
    byId('help-save').disabled = true;
    show(byId('help-problem'), false);
    try {
      await save({ classroom: about.classroom, alert: about.id, kind: form.get('kind'), note: note || null, requestId });
      dialog.close();
      done(about);
    } catch (problem) {
      byId('help-problem').textContent = problem.message;
      show(byId('help-problem'), true);
    } finally {
      byId('help-save').disabled = false;
    }
  }

  return function ask(alert) {
    about = alert;
    requestId = uuid(); // one per dialog: pressing Save again repeats the same request
    byId('help-form').reset();
    show(byId('help-problem'), false);
    byId('help-whom').textContent = `For ${alert.student}${alert.target ? `, at ${alert.target}` : ''}.`;
    dialog.showModal();
  };
}

export function drawHelped(interventions) {
  show(byId('helped-empty'), interventions.length === 0);
  byId('helped').replaceChildren(...interventions.map((one) =>
    el('li', { 'data-intervention': one.id, 'data-outcome': one.outcome ?? 'unknown' },
      el('p', {}, el('strong', {}, one.student), ` · ${kindWord(one.kind)}`),
      one.note ? el('p', { class: 'note' }, one.note) : null,
      el('p', { class: 'muted' }, ago(one.at), ' · ', el('span', { class: 'outcome' }, outcomeWord(one.outcome))))));
}
