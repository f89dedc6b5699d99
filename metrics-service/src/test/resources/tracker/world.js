// A page without a browser: as much of one as the tracker touches, with a clock that the test moves.
var world = (function (global) {
  var now = 1795255200000;
  var timers = [];
  var nextTimer = 1;
  var listeners = {};
  var observers = [];

  function listen(type, then) {
    (listeners[type] = listeners[type] || []).push(then);
  }

  function tell(type, event) {
    (listeners[type] || []).forEach(function (then) {
      then(event || {});
    });
  }

  function fits(el, selector) {
    var parts = /^([a-z]*)(?:\[([\w-]+)(?:=([\w-]+))?\])?$/.exec(selector);
    return (!parts[1] || el.localName === parts[1]) && (!parts[2] || (parts[2] in el.attributes && (!parts[3] || el.attributes[parts[2]] === parts[3])));
  }

  function element(localName, attributes, parent) {
    var el = { localName: localName, attributes: attributes, id: attributes.id || "", parentElement: parent || null, dataset: {} };
    for (var name in attributes) {
      if (name.indexOf("data-") === 0) {
        el.dataset[name.slice(5).replace(/-(\w)/g, function (_, c) { return c.toUpperCase(); })] = attributes[name];
      }
    }
    el.children = [];
    el.previousElementSibling = parent ? parent.children[parent.children.length - 1] || null : null;
    if (parent) parent.children.push(el);
    el.closest = function (selectors) {
      for (var at = el; at; at = at.parentElement) {
        if (selectors.split(",").some(function (one) { return fits(at, one); })) return at;
      }
      return null;
    };
    return el;
  }

  function FakeDate() {}
  FakeDate.now = function () { return now; };
  FakeDate.prototype.toISOString = function () { return new RealDate(now).toISOString(); };
  var RealDate = global.Date;
  global.Date = FakeDate;

  global.window = global;
  global.navigator = {};
  global.location = { pathname: "/lesson/4", hash: "" };
  global.history = { pushState: function (_, __, path) { global.location.pathname = path; } };
  global.document = { currentScript: { src: "https://homeroom.example/homeroom.js", dataset: {} }, visibilityState: "visible", addEventListener: listen };
  global.URL = function (path, base) { this.href = /^https?:\/\/[^/]*/.exec(base)[0] + path; };
  global.AbortSignal = { timeout: function (ms) { return { ms: ms }; } };
  global.addEventListener = listen;
  global.crypto = { getRandomValues: function (into) { for (var i = 0; i < into.length; i++) into[i] = Math.floor(Math.random() * 256); return into; } };
  global.getComputedStyle = function (el) { return { cursor: el.attributes.cursor || "auto" }; };
  global.MutationObserver = function (then) { this.observe = function () { observers.push(then); }; };
  global.localStorage = {
    held: {},
    getItem: function (key) { return key in this.held ? this.held[key] : null; },
    setItem: function (key, value) { this.held[key] = String(value); },
    removeItem: function (key) { delete this.held[key]; }
  };
  global.setTimeout = function (then, ms) { timers.push({ id: nextTimer, at: now + ms, then: then }); return nextTimer++; };
  global.clearTimeout = function (id) { timers = timers.filter(function (each) { return each.id !== id; }); };

  var world = {
    requests: [],
    // What the server answers next: a status, { status, retryAfter }, or "offline"; 202 when nothing is said.
    answers: [],
    element: element,
    tell: tell,
    listening: function () { return Object.keys(listeners).length; },
    mutate: function () { observers.forEach(function (then) { then([]); }); },
    hide: function (hidden) { global.document.visibilityState = hidden ? "hidden" : "visible"; tell("visibilitychange"); },
    click: function (el, x, y, more) {
      var event = { target: el, pageX: x, pageY: y, detail: 1, isTrusted: true };
      for (var name in more || {}) event[name] = more[name];
      tell("click", event);
    },
    // Runs the timers due within the next so many milliseconds, one, and says whether there was one.
    step: function (until) {
      var due = timers.filter(function (each) { return each.at <= until; }).sort(function (a, b) { return a.at - b.at || a.id - b.id; })[0];
      if (!due) { now = until; return false; }
      global.clearTimeout(due.id);
      now = Math.max(now, due.at);
      due.then();
      return true;
    },
    now: function () { return now; }
  };
  global.fetch = function (url, options) {
    world.requests.push({ url: url, auth: options.headers.Authorization, keepalive: !!options.keepalive, at: now, events: JSON.parse(options.body) });
    var answer = world.answers.length ? world.answers.shift() : 202;
    if (answer === "offline") return Promise.reject(new Error("no network"));
    var status = answer.status || answer;
    return Promise.resolve({ status: status, ok: status < 300, headers: { get: function () { return answer.retryAfter || null; } } });
  };
  return world;
})(this);
