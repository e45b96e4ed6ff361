import * as asking from '#messaging/asking';
export const curious = asking;
