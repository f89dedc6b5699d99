// Which class to look at: from the token's classes, or typed where the token is for all of them.

import { byId, el, show } from './dom.js';

const KEY = 'homeroom.classroom';

/** Draws the picker; returns the class to begin with, or null when the teacher has to choose. */
export function picker(classrooms, choose) {
  const form = byId('picker');
  const all = classrooms.includes('*');
  const wanted = new URLSearchParams(location.search).get('classroom') ?? sessionStorage.getItem(KEY);
  const allowed = wanted && (all || classrooms.includes(wanted));
  const first = allowed ? wanted : classrooms.length === 1 && !all ? classrooms[0] : null;
  const control = all ? typed(first) : chosen(classrooms, first);
  form.replaceChildren(el('label', { for: 'classroom' }, 'Class'), control, all ? el('button', { class: 'button' }, 'Show') : '');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    go(control.value.trim(), choose);
  });
  if (!all) {
    control.addEventListener('change', () => go(control.value, choose));
  }
  show(form, all || classrooms.length > 1);
  if (first) {
    remember(first);
  }
  return first;
}

function typed(first) {
  return el('input', { id: 'classroom', name: 'classroom', required: true, maxlength: 200, autocomplete: 'off', spellcheck: 'false', value: first ?? '' });
}

function chosen(classrooms, first) {
  return el('select', { id: 'classroom', name: 'classroom' },
    first ? null : el('option', { value: '' }, 'Choose…'),
    [...classrooms].sort().map((name) => el('option', { value: name, selected: name === first }, name)));
}

function go(classroom, choose) {
  if (classroom) {
    remember(classroom);
    choose(classroom);
  }
}

function remember(classroom) {
  sessionStorage.setItem(KEY, classroom);
  const address = new URL(location.href);
  address.searchParams.set('classroom', classroom);
  history.replaceState(null, '', address.pathname + address.search);
}
