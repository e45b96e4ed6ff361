export const client = 'generated';
