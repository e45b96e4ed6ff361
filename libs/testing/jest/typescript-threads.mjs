/*
 * Preloaded into every Node of a test run: threads that the tested code begins run from TypeScript, too. Jest transforms what it loads itself, and a thread
 * loads its code without Jest.
 */
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
