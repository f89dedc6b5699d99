// The teacher's token: comes in the fragment of the link, lives in this tab only, and leaves the address bar at once.

const KEY = 'homeroom.token';

/** The token of this tab, or null. Takes it from the address first, if one is there. */
export function takeToken() {
  const fragment = location.hash.slice(1);
  const parts = new URLSearchParams(fragment);
  const given = fragment.startsWith('ey') ? fragment : parts.get('token');
  if (given) {
    sessionStorage.setItem(KEY, given);
    const address = new URL(location.pathname + location.search, location.origin);
    if (parts.get('classroom')) {
      address.searchParams.set('classroom', parts.get('classroom'));
    }
    history.replaceState(null, '', address.pathname + address.search);
  }
  return sessionStorage.getItem(KEY);
}

export function forgetToken() {
  sessionStorage.removeItem(KEY);
}

/** What the token says of itself; null when it is no JWT. The server checks it, this is for display only. */
export function claims(token) {
  try {
    const part = token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/');
    const bytes = Uint8Array.from(atob(part), (c) => c.charCodeAt(0));
    const all = JSON.parse(new TextDecoder().decode(bytes));
    return {
      subject: String(all.sub ?? ''),
      classrooms: Array.isArray(all.classrooms) ? all.classrooms.map(String) : [],
      expiresAt: Number(all.exp ?? 0) * 1000,
    };
  } catch {
    return null;
  }
}

/** An id for this browser, by which the server knows how far this screen has received. */
export function deviceId() {
  const key = 'homeroom.device';
  let id = localStorage.getItem(key);
  if (!id) {
    id = uuid();
    localStorage.setItem(key, id);
  }
  return id;
}

/** A random UUID; works without a secure context too. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
