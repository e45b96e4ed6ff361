import { nothing } from './not-there.js';
export const lost = nothing;
