// The live stream of one classroom: connects, receives, confirms, and resumes where it was after every interruption.

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 15_000;
const STEADY_MS = 10_000; // a connection that lasted so long was a good one

/**
 * Connects until `close()`. `on.alert(change)`, `on.snapshot(alerts)` and `on.rollup(minute)` are called in order;
 * what they throw closes the connection, so nothing is confirmed that was not shown. `on.state(words)` tells how it is.
 */
export function connect({ token, device, classroom, on }) {
  let socket = null;
  let timer = 0;
  let failures = 0;
  let greetedAt = 0;
  let closed = false;
  let epoch = null;
  let seq = null; // of the last change shown; null before the server said where this screen begins

  function open() {
    on.state(failures ? 'reconnecting' : 'connecting');
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const header = encodeURIComponent(`quarkus-http-upgrade#Authorization#Bearer ${token}`);
    const mine = new WebSocket(`${scheme}//${location.host}/ws/classrooms`, ['homeroom.v1', header]);
    socket = mine;
    mine.onopen = () => mine === socket && greet();
    mine.onmessage = (message) => mine === socket && receive(message.data);
    mine.onclose = () => mine === socket && again();
  }

  function greet() {
    send(
      seq === null
        ? { type: 'subscribe', device, classrooms: [classroom] }
        : { type: 'resume', device, classroom, epoch, seq },
    );
  }

  function receive(text) {
    try {
      take(JSON.parse(text));
    } catch (failure) {
      drop();
      throw failure;
    }
  }

  function send(frame) {
    if (socket?.readyState === WebSocket.OPEN) {
      socket.send(JSON.stringify(frame));
    }
  }

  function take(frame) {
    if (frame.type === 'problem') {
      on.problem(frame.problem);
      return;
    }
    if (frame.classroom !== classroom) {
      return;
    }
    switch (frame.type) {
      case 'hello':
        greetedAt = Date.now();
        on.state('live');
        if (seq === null || epoch !== frame.epoch) {
          ({ epoch, seq } = frame); // what follows begins after this number, or with a snapshot
        }
        break;
      case 'rollup':
        on.rollup(frame.rollup);
        break;
      case 'alert':
        takeAlert(frame);
        break;
      case 'snapshot':
        epoch = frame.epoch;
        on.snapshot(frame.alerts);
        seq = frame.seq;
        received();
        break;
      default: // `gap` announces a snapshot; what a later version adds is not for us
    }
  }

  function takeAlert(frame) {
    const known = seq !== null && frame.epoch === epoch;
    if (known && frame.seq > seq + 1) {
      drop(); // a hole: ask again from the last one shown
      return;
    }
    if (!known || frame.seq > seq) {
      on.alert(frame.change);
      epoch = frame.epoch;
      seq = frame.seq;
    }
    received();
  }

  function received() {
    send({ type: 'received', classroom, epoch, seq });
  }

  /** Leaves this connection without waiting for its end. */
  function drop() {
    const left = socket;
    socket = null;
    left.close();
    again();
  }

  function again() {
    if (closed) {
      return;
    }
    const steady = greetedAt > 0 && Date.now() - greetedAt > STEADY_MS;
    failures = steady ? 1 : failures + 1;
    greetedAt = 0;
    const most = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
    const delay = most / 2 + (Math.random() * most) / 2; // jitter: a whole school does not come back at once
    on.state('reconnecting');
    timer = setTimeout(open, delay);
  }

  function now() {
    if (!closed && socket?.readyState !== WebSocket.OPEN && socket?.readyState !== WebSocket.CONNECTING) {
      clearTimeout(timer);
      open();
    }
  }

  addEventListener('online', now);
  open();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      removeEventListener('online', now);
      const last = socket;
      socket = null;
      last?.close();
    },
  };
}
