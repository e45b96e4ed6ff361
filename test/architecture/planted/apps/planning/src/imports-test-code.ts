import * as testing from '#testing';
export const fake = testing;
