import { client } from './generated/prisma/client.js';
export const opened = client;
