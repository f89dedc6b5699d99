// How things are said to a teacher.

export const LEVELS = ['none', 'low', 'medium', 'high', 'critical'];

const LEVEL_WORDS = { none: 'Fine', low: 'Low', medium: 'Medium', high: 'High', critical: 'Critical' };

const DETECTOR_WORDS = {
  'repeated-errors': 'makes error after error',
  'error-burst': 'makes error after error',
  'same-error': 'meets the same error again and again',
  struggle: 'tries and rarely succeeds',
  'wheel-spinning': 'practises without getting on',
  'knowledge-tracing': 'practises without getting on',
  'rage-clicks': 'clicks again and again',
  'dead-clicks': 'clicks where nothing happens',
  'hint-abuse': 'goes from hint to hint',
  guessing: 'seems to guess',
  idle: 'has gone quiet',
  abandonment: 'left in the middle',
  'time-on-task': 'takes unusually long',
  'behind-class': 'is behind most of the class',
};

const KIND_WORDS = {
  hint: 'Gave a hint',
  explanation: 'Explained it',
  encouragement: 'Encouraged',
  pairing: 'Paired with someone',
  'task-change': 'Changed the task',
  other: 'Something else',
};

const REASON_WORDS = {
  recovered: 'got on by themselves',
  retracted: 'turned out to be nothing',
};

export const KINDS = Object.entries(KIND_WORDS);

export const levelWord = (level) => LEVEL_WORDS[level] ?? level;
export const kindWord = (kind) => KIND_WORDS[kind] ?? kind;
export const detectorWord = (detector) => DETECTOR_WORDS[detector] ?? detector.replaceAll('-', ' ');
export const reasonWord = (reason) => REASON_WORDS[reason] ?? null;

/** `failedAttempts` or `failed-attempts` → `failed attempts`, `rightInARow` → `right in a row`. */
export function nameWord(name) {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/[-_]/g, ' ')
    .toLowerCase();
}

export function numberWord(value) {
  return Number.isInteger(value) ? String(value) : value.toLocaleString('en', { maximumFractionDigits: 2 });
}

export const clock = (instant) =>
  new Date(instant).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

/** `just now`, `3 min ago`, `2 h ago`, `12 Nov, 10:15`. */
export function ago(instant, now = Date.now()) {
  const minutes = Math.floor((now - new Date(instant)) / 60_000);
  if (minutes < 1) {
    return 'just now';
  }
  if (minutes < 60) {
    return `${minutes} min ago`;
  }
  if (minutes < 12 * 60) {
    return `${Math.floor(minutes / 60)} h ago`;
  }
  return new Date(instant).toLocaleString([], { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
}

export function outcomeWord(outcome) {
  return outcome === 'improved' ? 'Got better within 15 minutes'
    : outcome === 'unchanged' ? 'Went on for more than 15 minutes'
    : 'Too early to say';
}

export const many = (count, one, more = `${one}s`) => `${count} ${count === 1 ? one : more}`;
