// homeroom.js tells Homeroom what a student does on a page; how to use it: docs/metrics-tracker.md.
// It is served without these comments and indentation, so a comment has a line of its own, and no statement goes on
// in the next line without a bracket or an operator at its end. Syntax is that of 2015, names are short where they are many.
(function (w, d) {
  "use strict";
  var me = d.currentScript,
    // Bounds: events in memory and kept over a page, in a request, and in ten seconds.
    MOST = 500,
    BATCH = 50,
    BUDGET = 200,
    DROPPED = "events dropped",
    // Milliseconds: to the next request, for its answer, to a dead click, between the clicks of a burst; pixels between those.
    FLUSH = 400,
    WAIT = 15000,
    DEAD = 2500,
    BURST = 1000,
    NEAR = 30,
    // What looks as if a click did something, and what is made to be clicked again and again.
    ACTIVE = "a,button,summary,label,[role=button],[onclick],[data-homeroom],[type=button],[type=submit]",
    REPEATS = "[data-homeroom-repeats],canvas,video,audio,input[type=number],input[type=range]",
    // Whom it tells of, as given to start; null while it tells nothing.
    to = null,
    queue = [],
    // How many go in a request: fewer when they were too large together, until the one that was too large alone is gone.
    size = BATCH,
    // Events that did not fit, and what is spent of the budget since when.
    lost = 0,
    spent = 0,
    since = 0,
    // Of the next request: its timer, whether one is under way, failures in a row, when the next may be, its token.
    timer = 0,
    busy = false,
    tries = 0,
    gate = 0,
    token = "",
    // The click that waits for a reaction, the last one of a burst, where the page is, whether it listens.
    click = null,
    last = {},
    place = "",
    heard = false;

  function mute() {
    return navigator.globalPrivacyControl || navigator.doNotTrack === "1";
  }

  function uuid() {
    return "10000000-1000-4000-8000-100000000000".replace(/[018]/g, c =>
      (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));
  }

  function event(type, more) {
    var made = { id: uuid(), classroom: to.classroom, student: to.student, type, occurredAt: new Date().toISOString() };
    for (var name in more) {
      if (more[name] != null && !(name in made)) made[name] = more[name];
    }
    return made;
  }

  // Queues an event; over its bounds the oldest go, and how many is told with the next request.
  function push(made) {
    var now = Date.now();
    if (now - since > 10000) {
      since = now;
      spent = 0;
    }
    if (!to || mute()) return;
    if (++spent > BUDGET) return drop(made);
    queue.push(made);
    if (queue.length > MOST) drop(queue.shift());
    later(made.type === "error" ? 0 : FLUSH);
  }

  // One timer; an earlier time goes before a later one, and neither before the server wants to be asked again.
  function later(ms) {
    if (ms === 0 && !busy && Date.now() >= gate) return flush();
    if (!timer && !busy) timer = setTimeout(flush, Math.max(ms, gate - Date.now()));
  }

  // What is dropped is counted, and with it what it told of others.
  function drop(made) {
    lost += made.unit === DROPPED ? made.value : 1;
  }

  function tell() {
    if (lost) queue.push(event("measure", { target: "homeroom.js", value: lost, unit: DROPPED }));
    lost = 0;
  }

  function flush() {
    clearTimeout(timer);
    timer = 0;
    if (busy || !to || mute()) return;
    tell();
    if (!queue.length) return;
    busy = true;
    var batch = queue.slice(0, size);
    Promise.resolve()
      .then(() => to.token.call ? to.token() : to.token)
      .then(fresh => {
        token = fresh;
        return post(batch);
      })
      .then(answer => {
        var s = answer.status;
        // A token or a server may get better; what is refused as a whole would be refused again.
        if (s > 499 || [401, 408, 429].indexOf(s) >= 0) throw +answer.headers.get("Retry-After");
        if (s === 413 && batch[1]) {
          size = batch.length >> 1;
        } else {
          forget(batch);
          if (s > 399) {
            size = BATCH;
            batch.forEach(drop);
          }
        }
      })
      .then(() => {
        busy = false;
        tries = 0;
        if (queue.length) later(queue.length < size ? FLUSH : 0);
      }, seconds => {
        busy = false;
        var wait = Math.min(60, Math.max(seconds > 0 && seconds, Math.pow(2, tries++))) * 1000;
        gate = Date.now() + wait * (0.75 + Math.random() / 4);
        later(wait);
      });
  }

  function forget(batch) {
    queue = queue.filter(each => batch.indexOf(each) < 0);
  }

  // Not sendBeacon: it cannot show a token. What a page that is left cannot send any more is kept, and the next one sends it.
  function post(batch, leaving) {
    return fetch(to.url || api, {
      method: "POST",
      keepalive: leaving,
      signal: AbortSignal.timeout(WAIT),
      headers: { "Content-Type": "application/json", Authorization: "Bearer " + token },
      body: JSON.stringify(batch)
    });
  }

  function key() {
    return "homeroom:" + to.classroom + ":" + to.student;
  }

  // What another page kept; whatever was sent already is not counted twice, for its id is known.
  function load() {
    try {
      var kept = JSON.parse(localStorage.getItem(key())) || [];
      localStorage.removeItem(key());
      var ids = queue.map(each => each.id);
      queue = kept.filter(each => ids.indexOf(each.id) < 0).concat(queue).slice(-MOST);
    } catch (e) {
      // No storage, or nothing of ours in it: the queue is what is in memory.
    }
  }

  function leave() {
    settle();
    tell();
    if (!queue.length || mute()) return;
    // Browsers keep 64 KiB alive beyond a page.
    var batch = queue.slice(0, 2 * BATCH);
    if (token) post(batch, true).then(answer => answer.ok && forget(batch), () => {});
    try {
      var mine = queue;
      load();
      localStorage.setItem(key(), JSON.stringify(queue));
      queue = mine;
    } catch (e) {
      // Without storage there is only the request above.
    }
  }

  // Names an element by what its page calls it, else by its way from the nearest one with an id. Never by its text.
  function name(el) {
    var named = el.closest("[data-homeroom]");
    if (named) return named.dataset.homeroom;
    var way = "";
    for (var depth = 0; el && depth < 5; depth++) {
      if (el.id) return "#" + el.id + way;
      var at = 1;
      for (var before = el; (before = before.previousElementSibling);) at++;
      way = ">" + el.localName + ":" + at + way;
      el = el.parentElement;
    }
    return way.slice(1);
  }

  function clicked(e) {
    var el = e.target;
    if (!e.isTrusted || !el.closest) return;
    settle();
    var now = Date.now(),
      context = {};
    // A click by keyboard has no place.
    if (e.detail) {
      context.x = Math.round(e.pageX);
      context.y = Math.round(e.pageY);
      var near = now - last.at < BURST && Math.hypot(e.pageX - last.x, e.pageY - last.y) < NEAR;
      last = { at: now, x: e.pageX, y: e.pageY, count: near ? last.count + 1 : 1 };
    }
    if (el.closest(REPEATS)) context.expectsRepeats = true;
    var skilled = el.closest("[data-homeroom-skill]");
    click = event("click", { target: name(el).slice(0, 200) || null, skill: skilled && skilled.dataset.homeroomSkill, context });
    click.at = now;
    // A burst does not wait for its verdict, nor does a click that promised nothing.
    if (last.count > 2 || !(el.closest(ACTIVE) || getComputedStyle(el).cursor === "pointer")) return settle();
    click.timer = setTimeout(() => {
      context.dead = true;
      settle();
    }, DEAD);
  }

  function reacted() {
    if (click) click.context.reactionMs = Date.now() - click.at;
    settle();
  }

  function settle() {
    var made = click;
    if (!made) return;
    click = null;
    clearTimeout(made.timer);
    delete made.at;
    delete made.timer;
    push(made);
  }

  // A message may hold what the student typed, so only a hash of it goes out, in letters: figures do not count there.
  function letters(text) {
    var h = 2166136261;
    for (var i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
    return (h >>> 0).toString(26).replace(/\d/g, digit => "qrstuvwxyz"[digit]);
  }

  function failed(why, file, line) {
    var about = why || {},
      where = (file || "").split(/[?#]/)[0].split("/").pop(),
      error = (about.name || "Error") + " " + letters(String(about.message || why)) + " " + where + ":" + line;
    push(event("error", { target: place, context: { error: error.slice(0, 200) } }));
  }

  function moved() {
    var hash = location.hash,
      now = (location.pathname + (hash.indexOf("#/") ? "" : hash.split("?")[0])).slice(0, 200);
    if (now === place) return;
    place = now;
    reacted();
    push(event("navigation", { target: place }));
  }

  function on(target, types, then) {
    types.split(" ").forEach(type => target.addEventListener(type, e => to && then(e), true));
  }

  function listen() {
    on(w, "click", clicked);
    on(w, "input change submit focusin scroll blur", reacted);
    new MutationObserver(reacted).observe(d, { subtree: true, childList: true, attributes: true, characterData: true });
    // What could not be loaded has no message, and is no error of the student's work.
    on(w, "error", e => e.message && failed(e.error || e.message, e.filename, e.lineno));
    on(w, "unhandledrejection", e => failed(e.reason));
    on(w, "popstate", moved);
    var go = history.pushState;
    history.pushState = function () {
      go.apply(this, arguments);
      if (to) moved();
    };
    on(w, "online", () => {
      gate = 0;
      flush();
    });
    on(w, "pagehide", leave);
    on(d, "visibilitychange", () => {
      if (d.visibilityState === "hidden") return leave();
      load();
      push(event("focus", { target: place }));
    });
  }

  w.homeroom = {
    // Begins: { url, classroom, student, token }; the token may be a function that gives one, or a promise of one.
    start: s => {
      if (mute() || !s.classroom || !s.student) return;
      if (!heard) listen();
      heard = true;
      to = s;
      place = "";
      load();
      moved();
    },
    // Tells of what only the app knows: attempts, hints, what was submitted.
    send: (type, fields) => to && push(event(type, fields)),
    // Sends what is queued, and nothing from then on.
    stop: () => {
      if (to) leave();
      to = null;
      queue = [];
    }
  };

  var api = me && me.src ? new URL("/api/metrics", me.src).href : "/api/metrics";
  if (me && me.dataset.classroom) w.homeroom.start(me.dataset);
})(window, document);
