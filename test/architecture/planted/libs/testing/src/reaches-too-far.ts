import * as other from '#ladder';
export const reached = other;
