// The HTTP API, with the token; every failure is a Problem that says what a teacher can do.

const LIMIT_MS = 10_000;

export class Problem extends Error {
  constructor(status, title, detail) {
    super(detail || title);
    this.status = status;
    this.title = title;
  }
}

export function api(token) {
  async function call(method, path, body) {
    let answer;
    try {
      answer = await fetch(path, {
        method,
        headers: {
          Authorization: `Bearer ${token}`,
          Accept: 'application/json, application/problem+json',
          ...(body ? { 'Content-Type': 'application/json' } : {}),
        },
        body: body ? JSON.stringify(body) : undefined,
        signal: AbortSignal.timeout(LIMIT_MS),
        cache: 'no-store',
        credentials: 'omit',
      });
    } catch {
      throw new Problem(0, 'No answer', 'Homeroom did not answer. Check the network and try again.');
    }
    if (answer.ok) {
      return answer.status === 204 ? null : answer.json();
    }
    const problem = await answer.json().catch(() => ({}));
    throw new Problem(answer.status, problem.title ?? 'It did not work', problem.detail);
  }

  const room = (classroom) => `/api/classroom/${encodeURIComponent(classroom)}`;
  return {
    alerts: (classroom, status, limit) => call('GET', `${room(classroom)}/alerts?status=${status}&limit=${limit}`),
    metrics: (classroom, from) =>
      call('GET', `${room(classroom)}/metrics?from=${from.toISOString()}&bucket=PT1M`),
    act: (alert, action, body) => call('POST', `/api/alerts/${alert}/${action}`, body),
    interventions: (classroom) => call('GET', `/api/interventions?classroom=${encodeURIComponent(classroom)}&limit=8`),
    helped: (body) => call('POST', '/api/interventions', body),
  };
}
