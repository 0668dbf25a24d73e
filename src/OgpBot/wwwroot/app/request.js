// One request to the host, with the token of the conversation.

const base = '/v3/directline/conversations';
const patience = 30000;

let token = device.get('token');

const claims = () => JSON.parse(atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/')));

const isForbidden = answer => answer.status === 401 || answer.status === 403;

const ask = async (method, path, body) => {
  const limit = new AbortController();
  const ring = setTimeout(() => limit.abort(), patience);
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  if (body) headers['Content-Type'] = 'application/json';
  try {
    return await fetch(path, { method, headers, body: body && JSON.stringify(body), signal: limit.signal });
  } finally {
    clearTimeout(ring);
  }
};
