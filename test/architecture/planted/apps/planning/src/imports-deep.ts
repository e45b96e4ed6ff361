import { UnitOfWork } from '../../../../../../libs/messaging/src/unit-of-work.js';
export const deep = UnitOfWork;
