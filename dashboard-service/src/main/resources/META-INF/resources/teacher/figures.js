// The class at a glance, and its students.

import { byId, el, show } from './dom.js';
import { drawChart, percent } from './chart.js';
import { detectorWord, levelWord, many } from './words.js';

export function drawFigures(room) {
  const minutes = room.lastMinutes();
  drawChart(minutes);
  drawTiles(room, minutes);
  drawStudents(room);
}

function drawTiles(room, minutes) {
  const recent = minutes.slice(-5);
  const sum = (name) => recent.reduce((total, minute) => total + (minute[name] ?? 0), 0);
  const newest = [...recent].reverse().find((minute) => minute.events > 0);
  const rates = recent.filter((minute) => minute.successRate !== null && minute.successRate !== undefined);
  const rate = rates.length
    ? rates.reduce((total, minute) => total + minute.successRate * minute.events, 0) /
      Math.max(1, rates.reduce((total, minute) => total + minute.events, 0))
    : null;
  const struggling = room.classList().filter((student) => student.level !== 'none').length;
  const tiles = [
    ['Students at work', newest ? newest.students : 0, 'in the latest minute'],
    ['Struggling', struggling, struggling ? 'right now' : 'nobody right now'],
    ['Success', percent(rate), 'of attempts, last 5 min'],
    ['Errors', sum('errors'), `of ${many(sum('events'), 'event')}, last 5 min`],
  ];
  byId('tiles').replaceChildren(...tiles.map(([name, value, hint]) =>
    el('div', { class: 'tile', 'data-tile': name },
      el('dt', {}, name), el('dd', { class: 'value' }, String(value)), el('dd', { class: 'muted' }, hint))));
}

function drawStudents(room) {
  const all = room.classList();
  byId('students-count').textContent = all.length ? String(all.length) : '';
  const empty = byId('students-empty');
  empty.textContent = room.loaded ? 'No student has been active yet.' : 'Looking…';
  show(empty, all.length === 0);
  byId('students').replaceChildren(...all.map((student) =>
    el('li', { 'data-student': student.student, 'data-level': student.level },
      el('span', { class: 'pip', 'data-level': student.level, 'aria-hidden': 'true' }),
      el('span', { class: 'who' }, student.student),
      el('span', { class: 'muted what' }, student.alert ? detectorWord(student.alert.detector) : ''),
      el('span', { class: 'how' }, levelWord(student.level)))));
}
