import * as other from '#scheduling';
export const reached = other;
