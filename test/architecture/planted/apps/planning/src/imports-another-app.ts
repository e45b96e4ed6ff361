import { inside } from '../../gateway/src/inside.js';
export const stolen = inside;
