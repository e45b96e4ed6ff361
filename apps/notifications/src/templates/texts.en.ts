import { classTextsEn } from '../class-mails/class-texts.en.js';
import { dayText } from './day-text.js';
import type { Subject, Texts } from './texts.js';

const days = (count: number): string => `${String(count)} working day${count === 1 ? '' : 's'}`;
const thing = ({ debtor, title }: Subject): string => (debtor === null ? title : `${debtor}, ${title}`);
const chasing =
  (which: string) =>
  (subject: Subject): string =>
    `${which} chasing: ${thing(subject)}, ${days(subject.daysLate)} overdue`;
const phoneText = (phone: string | null): string => (phone === null ? '' : `, phone ${phone}`);

export const en: Texts = {
  lang: 'en',
  document: (number, day) => `Plan ${number} of ${dayText(day)}`,
  greeting: (name, agency) => `To: ${name}, ${agency}`,
  standInGreeting: (name, absent, until, agency) => `To: ${name}, on behalf of ${absent} (delegated until ${dayText(until)}), ${agency}`,
  chasingLead: (document) => `Under ${document}, this is what your agency is asked to attend to:`,
  sections: {
    owes: 'What your agency owes',
    copied: 'For your information: units being chased',
    escalated: 'For your action: units that are late',
  },
  levels: {
    reminder: 'Reminder',
    due: 'Due',
    'chase-1': 'First chasing',
    'chase-2': 'Second chasing',
    'chase-3': 'Third chasing',
    'escalated-standing': 'Report to the standing agency',
    'escalated-city': "Report to the Office of the City People's Committee",
  },
  title: (title, period) => `${title}, ${period}`,
  status: (level, daysLeft) => {
    if (daysLeft === 0) return `${level} · today`;
    return daysLeft > 0 ? `${level} · ${days(daysLeft)} left` : `${level} · ${days(-daysLeft)} overdue`;
  },
  plan: (document) => `Under ${document}`,
  creditor: (name) => `Owed to: ${name}`,
  dueOn: (day) => `Due: no later than ${dayText(day)}`,
  window: (from, to) => `Figures: ${dayText(from)} to ${dayText(to)}`,
  chasings: (count) => `Chased so far: ${count === 1 ? 'once' : `${String(count)} times`}`,
  next: (level, day) => `If nothing is done, next step: ${level}, on ${dayText(day)}`,
  toSend: 'An item for the list of the city office is prepared and waits for you to decide and send it; the system does not send it',
  sentBy: (number) => `Reported by the standing agency in letter ${number}`,
  noNext: 'No automatic step is left; somebody in charge must decide',
  act: {
    owes: 'Please deliver by the deadline; what is overdue, please send now, or state the reason for the delay and when it will be done. If you have sent it, please ignore this mail.',
    copied: 'What is sent for your information needs no answer.',
    escalated: 'Please direct the late unit to deliver, extend the deadline, or acknowledge that you are dealing with it.',
  },
  ask: ({ name, agency, phone }) => `Questions: ${name}, ${agency}${phoneText(phone)}.`,
  link: 'Open and answer',
  footer: 'Automatic mail of the chasing system; it is not an administrative document.',
  subjects: {
    reminder: (subject) => `Reminder: ${thing(subject)}, due ${dayText(subject.dueOn)}`,
    due: (subject) => `Due today: ${thing(subject)}`,
    'chase-1': chasing('First'),
    'chase-2': chasing('Second'),
    'chase-3': chasing('Third'),
    'escalated-standing': (subject) => `Please act: ${thing(subject)}, ${days(subject.daysLate)} overdue`,
    'escalated-city': (subject) =>
      `${subject.toSend ? 'For you to send to the city office' : "To the City People's Committee"}: ${thing(subject)}, ${days(subject.daysLate)} overdue after repeated chasing`,
  },
  more: (count) => ` and ${String(count)} more`,
  repeated: (subject) => `(Sent again) ${subject}`,
  digest: {
    subject: (day, overdue) => `Report status, ${dayText(day)}: ${String(overdue)} overdue`,
    lead: (document, day) => `Status of ${document} as of ${dayText(day)}:`,
    figures: {
      open: 'Being followed',
      overdue: 'Overdue',
      dueThisWeek: 'Due this week',
      submittedThisWeek: 'Submitted this week',
      escalated: 'Reported upwards',
    },
    late: 'Agencies that are late',
    overdue: (count) => `${days(count)} overdue`,
    upcoming: 'Due soon',
    allOnTime: 'No agency is late.',
    unreachable: 'Contacts that no mail reaches',
    nobody: 'The agency has nobody left whom mail reaches',
    since: (day) => `Since ${dayText(day)}`,
    nameAnother: 'Please have another contact named, or the address corrected.',
    suspended: 'Suspended',
    wholePlan: 'The whole plan',
    task: (code, title) => `Task ${code}: ${title}`,
    suspension: (decision, since, until) =>
      `Since ${dayText(since)}${until === null ? '' : `, to the end of ${dayText(until)}`}, by ${decision}`,
    held: (count) => `${String(count)} things are not chased meanwhile`,
    calendar: {
      missing: (year) =>
        `The days off of ${String(year)} are not in the system: please have plans/calendar/${String(year)}.yaml added from the decision of the Prime Minister.`,
      provisional: (year) =>
        `The days off of ${String(year)} are only assumed in the system: please have plans/calendar/${String(year)}.yaml brought up to the decision of the Prime Minister.`,
    },
    waiting: 'Prepared documents that wait for you',
    waits: (count) => `${String(count)} document${count === 1 ? ' waits' : 's wait'} for you`,
    documents: {
      'city-list-item': "Items for the list of the Office of the City People's Committee",
      'late-agencies': 'Quarterly list of late agencies',
    },
  },
  classes: classTextsEn,
  contact: (name, phone) => `Contact: ${name}${phoneText(phone)}`,
};
