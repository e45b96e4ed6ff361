import { z } from 'zod';
import { defineQuery } from '../contract.js';
import { serviceStatus } from '../values.js';

export const planningStatus = defineQuery('planning', 'planning.status.v1', { payload: z.object({}), reply: serviceStatus });
