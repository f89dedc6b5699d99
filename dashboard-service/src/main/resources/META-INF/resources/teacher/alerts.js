// The alerts: cards for those that are active, lines for those that are over.

import { arrange, byId, el, show } from './dom.js';
import { ago, clock, detectorWord, levelWord, many, nameWord, numberWord, reasonWord } from './words.js';

const SNOOZE = 'PT10M';

/** Draws the alerts of a room; `actions.act(alert, action, body)` and `actions.help(alert)` do what is asked. */
export function alertViews(actions) {
  const cards = new Map();

  return function draw(room) {
    const open = room.open();
    const inHand = room.inHand();
    const present = new Set([...open, ...inHand].map((alert) => alert.id));
    const lost = focusLost(cards, present);
    for (const id of cards.keys()) {
      if (!present.has(id)) {
        cards.delete(id);
      }
    }
    arrange(byId('alerts-open'), open.map(card));
    arrange(byId('alerts-in-hand'), inHand.map(card));
    show(byId('in-hand'), inHand.length > 0);
    byId('attention-count').textContent = open.length ? String(open.length) : '';
    const empty = byId('attention-empty');
    empty.textContent = room.loaded ? 'Nobody needs you right now. When somebody does, it shows here at once.' : 'Looking…';
    show(empty, open.length === 0);
    drawEarlier(room);
    if (lost) {
      (byId('alerts-open').querySelector('button') ?? byId('attention')).focus();
    }
  };

  function card(alert) {
    const known = cards.get(alert.id);
    if (known && known.seq === alert.seq) {
      known.node.querySelector('.when').textContent = when(alert);
      return known.node;
    }
    const focused = known?.node.contains(document.activeElement) ? document.activeElement.dataset.action : null;
    const node = known?.node ?? el('li', { class: 'alert' });
    node.dataset.alert = alert.id;
    node.dataset.level = alert.level;
    node.dataset.status = alert.status;
    node.replaceChildren(...content(alert));
    cards.set(alert.id, { seq: alert.seq, node });
    if (focused) {
      (node.querySelector(`[data-action="${focused}"]`) ?? node.querySelector('button'))?.focus();
    }
    return node;
  }

  function content(alert) {
    const title = `alert-${alert.id}`;
    return [
      el('article', { 'aria-labelledby': title, class: 'alert-body' },
        el('div', { class: 'alert-head' },
          el('span', { class: 'level', 'data-level': alert.level }, levelWord(alert.level)),
          el('h3', { id: title, class: 'alert-title' },
            el('span', { class: 'student' }, alert.student), ' ', detectorWord(alert.detector)),
          el('p', { class: 'when muted' }, when(alert))),
        el('p', { class: 'where muted' }, where(alert)),
        evidence(alert.evidence),
        el('div', { class: 'actions', role: 'group', 'aria-label': `What to do about ${alert.student}` }, buttons(alert))),
    ];
  }

  function buttons(alert) {
    const button = (action, words, look, run) =>
      el('button', { type: 'button', class: `button ${look}`, 'data-action': action, onclick: run }, words);
    const act = (action, body) => (event) => actions.act(alert, action, body, event.currentTarget);
    return [
      button('help', 'I helped…', 'primary', () => actions.help(alert)),
      alert.status !== 'acknowledged' && button('acknowledge', 'Seen', '', act('acknowledge')),
      alert.status !== 'snoozed' && button('snooze', 'Later (10 min)', '', act('snooze', { duration: SNOOZE })),
      button('resolve', 'Settled', '', act('resolve')),
      button('dismiss', 'Not a problem', 'quiet', act('dismiss')),
    ];
  }
}

function focusLost(cards, present) {
  for (const [id, { node }] of cards) {
    if (!present.has(id) && node.contains(document.activeElement)) {
      return true;
    }
  }
  return false;
}

function when(alert) {
  if (alert.status === 'snoozed' && alert.snoozedUntil) {
    return `quiet until ${clock(alert.snoozedUntil)}`;
  }
  return `since ${clock(alert.raisedAt)} · ${ago(alert.raisedAt)}`;
}

function where(alert) {
  const parts = [alert.target ? `at ${alert.target}` : null, alert.app ? `in ${alert.app}` : null];
  if (alert.count > 1) {
    parts.push(many(alert.count, 'sign'));
  }
  if (alert.status === 'acknowledged') {
    parts.push('seen');
  }
  return parts.filter(Boolean).join(' · ');
}

function evidence(trace) {
  const values = Object.entries(trace?.values ?? {}).sort(([a], [b]) => a.localeCompare(b));
  return el('div', { class: 'evidence' },
    el('p', { class: 'rule' }, trace?.rule ?? ''),
    values.length
      ? el('dl', { class: 'values' }, values.map(([name, value]) =>
          el('div', {}, el('dt', {}, nameWord(name)), el('dd', {}, numberWord(value)))))
      : null);
}

function drawEarlier(room) {
  const earlier = room.earlier();
  show(byId('earlier'), earlier.length > 0);
  byId('earlier-count').textContent = String(earlier.length);
  byId('alerts-earlier').replaceChildren(...earlier.map((alert) =>
    el('li', { 'data-alert': alert.id, 'data-status': alert.status },
      el('p', {}, el('strong', {}, alert.student), ' ', detectorWord(alert.detector), alert.target ? ` at ${alert.target}` : ''),
      el('p', { class: 'muted' }, `${clock(alert.raisedAt)} · ${ending(alert, room.reasons.get(alert.id))}`))));
}

function ending(alert, reason) {
  return reasonWord(reason) ?? (alert.status === 'dismissed' ? 'not a problem' : 'settled');
}
