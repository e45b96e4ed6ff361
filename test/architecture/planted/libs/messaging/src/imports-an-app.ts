import { inside } from '../../../apps/gateway/src/inside.js';
export const upward = inside;
