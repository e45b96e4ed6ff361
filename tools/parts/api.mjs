import { randomUUID } from 'node:crypto';

/** The public API, called as anybody would. */
export class Api {
  /** @param {string} address @param {string} token */
  constructor(address, token) {
    this.address = address;
    this.token = token;
  }

  /**
   * Repeats while nobody answers, with the same Idempotency-Key, as the API invites callers to.
   * @param {'GET' | 'POST'} method @param {string} path below /api/v1 @param {unknown} [body] a string is sent as YAML @returns {Promise<any>}
   */
  async call(method, path, body) {
    const key = randomUUID();
    for (let attempt = 1; ; attempt++) {
      const response = await fetch(`${this.address}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.token}`,
          'idempotency-key': key,
          ...(body === undefined ? {} : { 'content-type': typeof body === 'string' ? 'application/yaml' : 'application/json' }),
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        signal: AbortSignal.timeout(30_000),
      }).catch(() => undefined);
      if (response?.ok) return response.json();
      if ((response && response.status !== 503) || attempt === 20) {
        throw new Error(`${method} ${path}: ${response ? `${response.status} ${await response.text()}` : 'no answer'}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  /** Every item of a paged list. @param {string} path */
  async all(path) {
    const items = [];
    let after = '';
    for (;;) {
      const page = await this.call(
        'GET',
        `${path}${path.includes('?') ? '&' : '?'}limit=200${after ? `&after=${encodeURIComponent(after)}` : ''}`,
      );
      items.push(...page.items);
      if (page.next === null) return items;
      after = page.next;
    }
  }

  async isReady() {
    const response = await fetch(`${this.address}/health/ready`, { signal: AbortSignal.timeout(4000) }).catch(() => undefined);
    return response?.status === 200;
  }
}
