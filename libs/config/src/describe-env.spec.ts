import { describeEnv, envExample, gatewayEnv, loadEnv, notificationsEnv } from './index.js';

function entry(key: string) {
  const found = describeEnv().find((candidate) => candidate.key === key);
  if (!found) throw new Error(`${key} is not described`);
  return found;
}

describe('describeEnv', () => {
  it('says of every key who reads it, whether it is required and what it is for', () => {
    expect(entry('SMTP_URL')).toMatchObject({ readBy: ['notifications'], required: true });
    expect(entry('QUEUE_PREFIX')).toMatchObject({ required: false, value: '{dondoc}' });
    expect(entry('QUEUE_PREFIX').readBy).toHaveLength(5);
    for (const { description, remedy } of describeEnv()) {
      expect(description.length).toBeGreaterThan(10);
      expect(remedy).toMatch(/^Set /);
    }
  });

  it('shows no secret', () => {
    expect(entry('SEAL_KEY').value).toBe('');
    expect(entry('ADMIN_TOKEN').value).toBe('');
  });

  it('makes an example file that works once the secrets are filled in', () => {
    const lines = envExample()
      .split('\n')
      .filter((line) => /^(# )?[A-Z_]+=./.test(line))
      .map((line) => line.replace('# ', '').split(/=(.*)/s).slice(0, 2) as [string, string]);
    const secrets = { SEAL_KEY: Buffer.alloc(32).toString('base64'), ADMIN_TOKEN: 'y'.repeat(30) };
    const environment = { ...Object.fromEntries(lines), ...secrets };
    expect(() => loadEnv(gatewayEnv, environment)).not.toThrow();
    expect(() => loadEnv(notificationsEnv, environment)).not.toThrow();
  });
});
