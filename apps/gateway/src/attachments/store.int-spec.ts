import { randomUUID } from 'node:crypto';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { s3Service, temporaryFolder } from '../../../../test/attachments/stores.js';
import { LocalStore } from './local-store.js';
import { S3Store } from './s3-store.js';
import type { AttachmentStore, Stored } from './store.js';

interface Driver {
  readonly store: AttachmentStore;
  dispose(): Promise<void>;
}

async function local(): Promise<Driver> {
  const folder = await temporaryFolder();
  return { store: new LocalStore(join(folder.path, 'kept')), dispose: folder.dispose };
}

async function s3(): Promise<Driver> {
  const service = await s3Service();
  return {
    store: new S3Store(service),
    dispose: async () => {
      await service.stop();
      await service.dispose();
    },
  };
}

describe.each([
  ['a folder', local],
  ['an S3-compatible service', s3],
])('the store in %s', (_name, start) => {
  let driver: Driver;
  let arriving: Awaited<ReturnType<typeof temporaryFolder>>;

  beforeAll(async () => {
    driver = await start();
    arriving = await temporaryFolder();
  });
  afterAll(async () => {
    await driver.dispose();
    await arriving.dispose();
  });

  const arrive = async (bytes: Buffer) => {
    const path = join(arriving.path, randomUUID());
    await writeFile(path, bytes);
    return path;
  };
  const keep = async (bytes: Buffer, id: string = randomUUID()) => {
    await driver.store.keep(id, await arrive(bytes));
    return id;
  };
  const read = async (id: string) => {
    const bytes = await driver.store.open(id);
    return bytes && (await buffer(bytes));
  };
  const all = async () => {
    const found: Stored[] = [];
    for await (const one of driver.store.list()) found.push(one);
    return found;
  };

  it('is empty before anything was kept', async () => {
    expect(await all()).toEqual([]);
  });

  it('gives back what it was given, byte by byte', async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7919) % 256));
    const id = await keep(bytes);
    expect((await read(id))?.equals(bytes)).toBe(true);
  });

  it('holds one thing under one id, the last', async () => {
    const id = await keep(Buffer.from('một'));
    await keep(Buffer.from('hai'), id);
    expect(String(await read(id))).toBe('hai');
    expect((await all()).filter((one) => one.id === id)).toHaveLength(1);
  });

  it('has nothing under an id that was never kept, or was removed; removing twice is removing', async () => {
    const id = await keep(Buffer.from('x'));
    await driver.store.remove(id);
    await driver.store.remove(id);
    expect([await read(id), await read(randomUUID())]).toEqual([undefined, undefined]);
  });

  it('lists all ids with the moment of keeping, also more than one page of them', async () => {
    const before = Date.now();
    const ids = await Promise.all(Array.from({ length: 30 }, () => keep(Buffer.from('x'))));
    const found = new Map((await all()).map((one) => [one.id, one.storedAt]));
    for (const id of ids) {
      // Some stores count in seconds.
      expect(found.get(id)).toBeGreaterThan(before - 2_000);
      expect(found.get(id)).toBeLessThan(Date.now() + 2_000);
    }
  });

  it.each(['../../../etc/passwd', '..', '', 'a/b', 'a'.repeat(300), '6f9b3a0e-58c2-4a52-b6a5-5b2a5a3b7c11/../x'])(
    'takes no other name than an id: %s',
    async (name) => {
      await expect(driver.store.open(name)).rejects.toThrow();
      await expect(driver.store.remove(name)).rejects.toThrow();
      await expect(driver.store.keep(name, await arrive(Buffer.from('x')))).rejects.toThrow();
    },
  );
});

describe('the store in a folder', () => {
  it('lies two levels deep, readable by its owner alone, and knows what is not its own', async () => {
    const folder = await temporaryFolder();
    const store = new LocalStore(folder.path);
    const id = 'ab12c3d4-58c2-4a52-b6a5-5b2a5a3b7c11';
    const path = join(folder.path, 'arrived');
    await writeFile(path, 'x', { mode: 0o600 });
    await store.keep(id, path);
    expect(await readdir(join(folder.path, 'ab', '12'))).toEqual([id]);
    expect((await stat(join(folder.path, 'ab', '12', id))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder.path, 'ab'))).mode & 0o777).toBe(0o700);
    await mkdir(join(folder.path, 'elsewhere'));
    await writeFile(join(folder.path, 'elsewhere', randomUUID()), 'x');
    await writeFile(join(folder.path, 'README'), 'x');
    const found: string[] = [];
    for await (const one of store.list()) found.push(one.id);
    expect(found).toEqual([id]);
    await folder.dispose();
  });
});

describe('the store in an S3-compatible service', () => {
  it('says so when the service is away, or the key is wrong', async () => {
    const [service, arriving, id] = [await s3Service(), await temporaryFolder(), randomUUID()];
    const store = new S3Store(service);
    await writeFile(join(arriving.path, 'x'), 'x');
    await store.keep(id, join(arriving.path, 'x'));
    const outcomes = [await outcome(new S3Store({ ...service, accessKeyId: 'nobody' }).open(id))];
    await service.stop();
    outcomes.push(await outcome(store.open(id)), await outcome(store.keep(id, join(arriving.path, 'x'))));
    await service.dispose();
    await arriving.dispose();
    expect(outcomes).toEqual(Array(3).fill('failed'));
  });
});

function outcome(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'worked',
    () => 'failed',
  );
}
