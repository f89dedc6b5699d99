// The last half hour by the minute: a bar of events with its errors, and the same as a table.

import { byId, el, svg } from './dom.js';
import { clock, many } from './words.js';

const WIDTH = 600;
const HEIGHT = 150;
const BASE = 126;
const TOP = 8;

export function drawChart(minutes) {
  const most = Math.max(4, ...minutes.map((minute) => minute.events));
  const step = WIDTH / minutes.length;
  const height = (count) => (count / most) * (BASE - TOP);
  const bars = minutes.map((minute, index) => {
    const x = index * step + step * 0.16;
    const width = step * 0.68;
    const errors = Math.min(minute.errors, minute.events);
    return svg('g', {},
      svg('title', {}, `${clock(minute.start)}: ${many(minute.events, 'event')}, ${many(minute.errors, 'error')}`),
      svg('rect', { class: 'hit', x: index * step, y: TOP, width: step, height: BASE - TOP }),
      minute.events > 0 &&
        svg('rect', { class: 'bar-ok', x, width, rx: 2, y: BASE - height(minute.events), height: height(minute.events) }),
      errors > 0 && svg('rect', { class: 'bar-error', x, width, rx: 2, y: BASE - height(errors), height: height(errors) }));
  });
  const labels = minutes
    .map((minute, index) => ({ minute, index }))
    .filter(({ minute }) => new Date(minute.start).getMinutes() % 10 === 0)
    .map(({ minute, index }) =>
      svg('text', { class: 'tick', x: clamp((index + 0.5) * step), y: HEIGHT - 6, 'text-anchor': 'middle' }, clock(minute.start)));
  byId('chart').replaceChildren(
    svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': summary(minutes) },
      svg('line', { class: 'grid', x1: 0, x2: WIDTH, y1: TOP, y2: TOP }),
      svg('text', { class: 'tick', x: 2, y: TOP + 12 }, String(most)),
      bars,
      svg('line', { class: 'axis', x1: 0, x2: WIDTH, y1: BASE, y2: BASE }),
      labels));
  drawTable(minutes);
}

const clamp = (x) => Math.min(WIDTH - 36, Math.max(36, x));

function summary(minutes) {
  const events = minutes.reduce((sum, minute) => sum + minute.events, 0);
  const errors = minutes.reduce((sum, minute) => sum + minute.errors, 0);
  return `Events by the minute in the last half hour: ${events} events, ${errors} of them errors.`;
}

function drawTable(minutes) {
  const rows = minutes.filter((minute) => minute.events > 0).reverse();
  const names = ['Minute', 'Events', 'Errors', 'Students', 'Success', 'Struggling'];
  byId('chart-table').replaceChildren(
    el('table', {},
      el('thead', {}, el('tr', {}, names.map((name) => el('th', { scope: 'col' }, name)))),
      el('tbody', {}, rows.map((minute) =>
        el('tr', {},
          el('th', { scope: 'row' }, clock(minute.start)),
          [minute.events, minute.errors, minute.students, percent(minute.successRate), minute.struggling ?? 0]
            .map((value) => el('td', {}, String(value))))))));
}

export function percent(rate) {
  return rate === null || rate === undefined ? '–' : `${Math.round(rate * 100)} %`;
}
