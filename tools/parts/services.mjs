import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** Services with a database of their own. */
export const databaseServices = ['planning', 'training', 'ceremony', 'notifications'];

/** Every process, in the order of starting. */
export const processes = [...databaseServices, 'gateway'];

/** How Node runs them, here as in the image: a larger nursery, because messages are many and live shortly. */
export const nodeArguments = ['--max-semi-space-size=64'];
