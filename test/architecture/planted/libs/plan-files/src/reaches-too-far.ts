import * as other from '#messaging';
export const reached = other;
