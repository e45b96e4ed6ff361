import { createReadStream } from 'node:fs';
import { mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { AttachmentStore, Stored } from './store.js';

const uuid = z.uuid();

/** Files in a folder, two levels deep by the first letters of the id so that no folder holds too many. */
export class LocalStore implements AttachmentStore {
  /** @param folder on the same disk as the files that `keep` takes over */
  constructor(private readonly folder: string) {}

  async keep(id: string, path: string): Promise<void> {
    const place = this.placeOf(id);
    await mkdir(dirname(place), { recursive: true, mode: 0o700 });
    await rename(path, place);
    // The name is durable once its folder is, and a new folder once the one above it is.
    for (const folder of [dirname(place), dirname(dirname(place)), this.folder]) await syncFolder(folder);
  }

  async open(id: string): Promise<Readable | undefined> {
    const file = await open(this.placeOf(id)).catch(unlessAbsent);
    return file && createReadStream('', { fd: file });
  }

  async remove(id: string): Promise<void> {
    await rm(this.placeOf(id), { force: true });
  }

  async *list(): AsyncGenerator<Stored> {
    const entries = await opendir(this.folder, { recursive: true }).catch(unlessAbsent);
    if (!entries) return;
    for await (const entry of entries) {
      if (!entry.isFile() || !uuid.safeParse(entry.name).success) continue;
      const place = this.placeOf(entry.name);
      // What lies elsewhere in the folder, such as a file that is arriving, is none of ours; what is gone meanwhile is no loss.
      if (join(entry.parentPath, entry.name) !== place) continue;
      const known = await stat(place).catch(unlessAbsent);
      if (known) yield { id: entry.name, storedAt: known.mtimeMs };
    }
  }

  /** Only an id becomes a path. */
  private placeOf(id: string): string {
    const name = uuid.parse(id).toLowerCase();
    return join(this.folder, name.slice(0, 2), name.slice(2, 4), name);
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function unlessAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
