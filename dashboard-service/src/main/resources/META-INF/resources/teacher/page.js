// The teacher's page: who is signed in, which class, and what happens in it.

import { api } from './api.js';
import { alertViews } from './alerts.js';
import { byId, show } from './dom.js';
import { drawFigures } from './figures.js';
import { drawHelped, helpDialog } from './help.js';
import { picker } from './picker.js';
import { Room } from './state.js';
import { connect } from './stream.js';
import { claims, deviceId, forgetToken, takeToken, uuid } from './token.js';
import { detectorWord, levelWord, many } from './words.js';

const FIGURES_EVERY_MS = 20_000;
const CLOCK_EVERY_MS = 15_000;
const HALF_HOUR_MS = 30 * 60_000;
const ANNOUNCE_AFTER_MS = 800;
const DRAW_AFTER_MS = 150;

const CONNECTION = { idle: 'Not connected', connecting: 'Connecting…', live: 'Live', reconnecting: 'Connection lost, trying again…' };

const token = takeToken();
const who = token ? claims(token) : null;
const http = token ? api(token) : null;

let room = null;
let stream = null;
let raised = [];
let announcing = 0;
let drawing = 0;

const drawAlerts = alertViews({ act, help: helpDialog({ save: http?.helped, done: helped }) });

function start() {
  if (!who || who.expiresAt < Date.now()) {
    signedOut(Boolean(token));
    return;
  }
  setTimeout(() => signedOut(true), Math.min(who.expiresAt - Date.now(), 2 ** 31 - 1));
  const chosen = picker(who.classrooms, enter);
  if (chosen) {
    enter(chosen);
  } else if (who.classrooms.includes('*')) {
    welcome('Which class?', 'Type the name of a class above to see it live.');
  } else if (who.classrooms.length) {
    welcome('Which class?', 'Choose one of your classes above.');
  } else {
    welcome('No class yet', 'Your link is valid, but it is for no class. Ask whoever gave it to you.');
  }
}

function enter(classroom) {
  stream?.close();
  room = new Room(classroom);
  show(byId('welcome'), false);
  show(byId('room'), true);
  notice(null);
  byId('room-title').textContent = classroom;
  document.title = `${classroom} · Homeroom`;
  draw();
  const here = room;
  stream = connect({ token, device: deviceId(), classroom, on: handlers(here) });
  load(here);
}

function handlers(here) {
  const mine = (run) => (value) => here === room && run(value);
  return {
    alert: mine((change) => {
      if (here.takeAlert(change.alert, change.reason) && ['raised', 'reopened'].includes(change.change)) {
        announce(change.alert);
      }
      drawAlerts(here); // now: the change is confirmed as soon as this returns
      drawSoon();
    }),
    snapshot: mine((alerts) => {
      here.takeSnapshot(alerts);
      drawAlerts(here);
      drawSoon();
    }),
    rollup: mine((minute) => {
      here.takeMinute(minute);
      drawSoon();
    }),
    state: mine((state) => {
      byId('connection').dataset.state = state;
      byId('connection-words').textContent = CONNECTION[state];
    }),
    problem: mine((problem) => notice(problem.detail ?? problem.title)),
  };
}

/** What was before the stream; again after a while, for what the stream does not carry. */
async function load(here) {
  await Promise.all([loadAlerts(here), loadFigures(here), loadHelped(here)]);
  here.loaded = true;
  if (here === room) {
    draw();
  }
}

async function loadAlerts(here) {
  await attempt(async () => {
    const pages = await Promise.all([
      http.alerts(here.classroom, 'active', 200),
      http.alerts(here.classroom, 'resolved,dismissed', 20),
    ]);
    pages.flatMap((page) => page.items).forEach((alert) => here.takeAlert(alert));
  });
}

async function loadFigures(here) {
  let problem = null;
  try {
    here.takeFigures(await http.metrics(here.classroom, new Date(Date.now() - HALF_HOUR_MS)));
  } catch (failure) {
    problem = failure;
  }
  if (here !== room) {
    return;
  }
  const words = byId('figures-problem');
  show(words, problem !== null);
  words.textContent = problem ? 'Earlier figures cannot be had right now. Alerts still come.' : '';
  drawFigures(here);
}

async function loadHelped(here) {
  await attempt(async () => {
    const page = await http.interventions(here.classroom);
    if (here === room) {
      drawHelped(page.items);
    }
  });
}

async function act(alert, action, body, button) {
  button.disabled = true;
  await attempt(async () => {
    const after = await http.act(alert.id, action, { ...body, requestId: uuid() });
    room.takeAlert(after);
    notice(null);
  });
  button.disabled = false;
  draw();
}

async function helped(alert) {
  say(`Noted for ${alert.student}.`);
  await loadHelped(room);
  if (room.alerts.get(alert.id)?.status === 'open') {
    await attempt(async () => room.takeAlert(await http.act(alert.id, 'acknowledge', { requestId: uuid() })));
    draw();
  }
}

async function attempt(run) {
  try {
    await run();
  } catch (problem) {
    if (problem.status === 401) {
      signedOut(true);
    } else {
      notice(problem.status === 403 ? 'This class is not one of yours.' : problem.message);
    }
  }
}

function draw() {
  drawAlerts(room);
  drawFigures(room);
}

/** Figures may change many times a second; they are drawn a few times. */
function drawSoon() {
  drawing ||= setTimeout(() => {
    drawing = 0;
    if (room) {
      drawFigures(room);
    }
  }, DRAW_AFTER_MS);
}

/** Told to a screen reader together, so that ten alerts at once are one sentence. */
function announce(alert) {
  raised.push(alert);
  clearTimeout(announcing);
  announcing = setTimeout(() => {
    const one = raised[0];
    say(raised.length === 1
      ? `New alert, ${levelWord(one.level)}: ${one.student} ${detectorWord(one.detector)}.`
      : `${many(raised.length, 'new alert')}.`);
    raised = [];
  }, ANNOUNCE_AFTER_MS);
}

function say(words) {
  byId('live').textContent = words;
}

function notice(words) {
  byId('notice').textContent = words ?? '';
  show(byId('notice'), Boolean(words));
}

function welcome(title, words) {
  byId('welcome-title').textContent = title;
  byId('welcome-words').textContent = words;
  show(byId('welcome'), true);
  show(byId('room'), false);
}

function signedOut(expired) {
  stream?.close();
  room = null;
  forgetToken();
  show(byId('picker'), false);
  notice(null);
  byId('connection').dataset.state = 'idle';
  byId('connection-words').textContent = CONNECTION.idle;
  welcome(
    expired ? 'Your link is not valid any more' : 'Please open your link',
    'Homeroom shows a class to its teachers only. Open the link you were given, or ask for a new one.',
  );
}

setInterval(() => room && loadFigures(room), FIGURES_EVERY_MS);
setInterval(() => room && loadHelped(room), 3 * FIGURES_EVERY_MS);
setInterval(() => room && draw(), CLOCK_EVERY_MS);
addEventListener('hashchange', () => location.hash.length > 20 && location.reload()); // another link in this tab
start();
