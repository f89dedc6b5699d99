// What the page knows of a classroom. Alerts and minutes come by HTTP and by the stream, in any order: the higher
// number wins.

const MINUTES = 30;
const EARLIER = 30;

export class Room {
  constructor(classroom) {
    this.classroom = classroom;
    this.alerts = new Map();
    this.reasons = new Map();
    this.minutes = new Map();
    this.students = new Map();
    this.loaded = false;
  }

  /** Takes an alert as it is after a change; false when a later one is known. */
  takeAlert(alert, reason = undefined) {
    const known = this.alerts.get(alert.id);
    if (known && known.seq >= alert.seq) {
      return false;
    }
    this.alerts.set(alert.id, alert);
    if (reason !== undefined) {
      this.reasons.set(alert.id, reason);
    }
    this.forgetOld();
    return true;
  }

  /** All alerts there are now; what is not among them and was active is not active any more. */
  takeSnapshot(alerts) {
    const there = new Set(alerts.map((alert) => alert.id));
    for (const [id, alert] of this.alerts) {
      if (!there.has(id) && isActive(alert)) {
        this.alerts.delete(id);
      }
    }
    alerts.forEach((alert) => this.takeAlert(alert));
  }

  takeMinute(minute) {
    const start = Date.parse(minute.start);
    const known = this.minutes.get(start);
    if (known && (known.revision ?? 0) > (minute.revision ?? 0)) {
      return;
    }
    this.minutes.set(start, { ...minute, start, successRate: successRate(minute) });
    const oldest = Date.now() - 2 * MINUTES * 60_000;
    for (const time of this.minutes.keys()) {
      if (time < oldest) {
        this.minutes.delete(time);
      }
    }
  }

  takeFigures(figures) {
    for (const bucket of figures.buckets ?? []) {
      const known = this.minutes.get(Date.parse(bucket.start));
      if (!known || known.events < bucket.events) {
        this.takeMinute({ ...bucket, revision: known?.revision });
      }
    }
    this.students = new Map(
      (figures.students ?? []).map((entry) => {
        const student = typeof entry === 'string' ? { student: entry } : entry;
        return [student.student, { level: 'none', ...student }];
      }),
    );
  }

  open() {
    return this.sorted((alert) => alert.status === 'open');
  }

  inHand() {
    return this.sorted((alert) => alert.status === 'acknowledged' || alert.status === 'snoozed');
  }

  earlier() {
    return [...this.alerts.values()]
      .filter((alert) => !isActive(alert))
      .sort((a, b) => b.seq - a.seq)
      .slice(0, EARLIER);
  }

  /** Every student with the level of now: an active alert says it first, else the figures do. */
  classList() {
    const all = new Map([...this.students].map(([name, entry]) => [name, { ...entry, alert: null }]));
    for (const alert of this.alerts.values()) {
      if (isActive(alert)) {
        all.set(alert.student, { ...all.get(alert.student), student: alert.student, level: alert.level, alert });
      }
    }
    return [...all.values()].sort(
      (a, b) => rank(b.level) - rank(a.level) || a.student.localeCompare(b.student, undefined, { numeric: true }),
    );
  }

  /** The last minutes, oldest first, also those in which nothing happened. */
  lastMinutes(now = Date.now()) {
    const current = Math.floor(now / 60_000) * 60_000;
    return Array.from({ length: MINUTES }, (_, index) => {
      const start = current - (MINUTES - 1 - index) * 60_000;
      return this.minutes.get(start) ?? { start, events: 0, students: 0, errors: 0, struggling: 0, successRate: null };
    });
  }

  sorted(which) {
    return [...this.alerts.values()]
      .filter(which)
      .sort((a, b) => rank(b.level) - rank(a.level) || Date.parse(a.raisedAt) - Date.parse(b.raisedAt));
  }

  forgetOld() {
    const closed = [...this.alerts.values()].filter((alert) => !isActive(alert)).sort((a, b) => a.seq - b.seq);
    for (const alert of closed.slice(0, Math.max(0, closed.length - 2 * EARLIER))) {
      this.alerts.delete(alert.id);
      this.reasons.delete(alert.id);
    }
  }
}

const isActive = (alert) => ['open', 'acknowledged', 'snoozed'].includes(alert.status);

const rank = (level) => ['none', 'low', 'medium', 'high', 'critical'].indexOf(level);

function successRate(minute) {
  if (minute.successRate !== undefined) {
    return minute.successRate;
  }
  return minute.attempts ? minute.successes / minute.attempts : null;
}
