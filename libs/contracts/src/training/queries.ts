import { z } from 'zod';
import { defineQuery } from '../contract.js';
import { serviceStatus } from '../values.js';

export const trainingStatus = defineQuery('training', 'training.status.v1', { payload: z.object({}), reply: serviceStatus });
