import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { agency, plan, report, sample, standing, uuid } from './values.js';

export const notifications: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.sendMail, {
    businessKey: `chasing.${uuid(5)}.2020-06-18T01:00Z`,
    stream: 'chasing',
    recipientId: uuid(5),
    obligationIds: [uuid(2)],
    mail: {
      template: 'chasing',
      plan,
      slot: '2020-06-18T01:00:00Z',
      level: 'chase-1',
      askContactId: uuid(7),
      items: [
        {
          obligationId: uuid(2),
          kind: 'periodic-report',
          plan: null,
          section: 'owes',
          rung: 'CHASE_1',
          level: 'chase-1',
          debtor: agency,
          creditor: standing,
          ...report,
          window: { from: '2020-05-15', to: '2020-06-14' },
          dueOn: '2020-06-17',
          workingDaysLeft: -1,
          chasings: 1,
          next: { level: 'escalated-standing', on: '2020-06-19' },
          contactId: null,
          document: null,
          path: `/obligations/${uuid(2)}`,
        },
      ],
    },
  }),
  sample(contracts.mailRefused, {
    messageId: uuid(8),
    contactId: uuid(5),
    agencyId: uuid(4),
    obligationIds: [uuid(2)],
    status: '550',
    at: '2020-06-18T01:00:05Z',
  }),
  sample(contracts.listMessages, { state: 'sent', obligationId: uuid(2), limit: 50 }),
  sample(contracts.getMessage, { messageId: uuid(8) }),
  sample(contracts.countMessages, {}),
];
