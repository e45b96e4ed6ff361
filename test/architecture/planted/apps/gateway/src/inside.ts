export const inside = 'the gateway';
