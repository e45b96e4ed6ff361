import { dayText } from '../templates/day-text.js';
import type { ClassTexts, NoticeSubject } from './class-texts.js';

const named = ({ code, title }: NoticeSubject): string => `class ${code}: ${title}`;
const from = ({ firstDay }: NoticeSubject): string => (firstDay === null ? '' : `, from ${dayText(firstDay)}`);

export const classTextsEn: ClassTexts = {
  theClass: 'The class',
  classTitle: (code, title) => `Class ${code}: ${title}`,
  course: (title) => `Course: ${title}`,
  venue: (name, address) => `Venue: ${name}, ${address}`,
  session: (ordinal, day) => `Session ${String(ordinal)}, ${dayText(day)}`,
  time: (start, end) => `Time: ${start} to ${end}`,
  topic: (topic) => `Topic: ${topic}`,
  moment: (time, day) => `${time}, ${dayText(day)}`,
  cancelled: 'Sessions that are no longer yours to come to',
  isCancelled: 'Cancelled',
  calendars: 'The attached calendar files keep the calendar of your computer or phone right.',
  calendarFile: {
    request: (code, ordinal) => `Class ${code}, session ${String(ordinal)}`,
    cancel: (code, ordinal) => `Class ${code}, session ${String(ordinal)} cancelled`,
  },
  differences: { venue: 'the venue', sessions: 'the sessions', trainers: 'the trainers' },
  changed: (differences) => `What changed: ${differences.join(', ')}`,
  yourLink: (expiresOn) => `The link below is for you alone and works until the end of ${dayText(expiresOn)}; please do not pass it on.`,
  invitation: {
    subject: (code, title, firstDay) => `Invitation to teach, class ${code}: ${title}, from ${dayText(firstDay)}`,
    lead: (document) => `Under ${document}, you are kindly invited to teach in this class:`,
    sessions: 'Sessions that you are asked to teach',
    answerBy: (day) => `Please answer no later than ${dayText(day)}.`,
    onlyShows:
      'The link below only shows the invitation. You accept or decline with a button on that page; the link is for you alone, please do not pass it on.',
    link: 'See the invitation and answer',
  },
  roster: {
    subject: (version, code, title, firstDay) =>
      `Roster${version === 1 ? '' : ` (update ${String(version - 1)})`} of class ${code}: ${title}, from ${dayText(firstDay)}`,
    lead: (document) => `Under ${document}, here are the roster and the schedule of this class:`,
    version: 'Version of the roster',
    trainees: 'Trainees',
    lockedAt: 'Locked at',
    joined: 'New since you were sent it last',
    left: 'Gone since you were sent it last',
    sessions: 'Sessions',
    own: 'You teach it',
    attached: (file) =>
      `The roster is attached as “${file}.xlsx” to work with, and as “${file}.pdf” to print and have signed in each session.`,
    keepClosed:
      'It holds personal data for teaching this class and recording its attendance, and for nothing else; please pass it to nobody and delete it when the class is over.',
    link: 'See the newest roster',
    file: (code, version) => `Roster of class ${code}, version ${String(version)}`,
  },
  notice: {
    subjects: {
      invitation: (subject) => `Invitation to ${named(subject)}${from(subject)}`,
      promoted: (subject) => `There is a place: invitation to ${named(subject)}${from(subject)}`,
      changed: (subject) => `Changes of ${named(subject)}${from(subject)}`,
      postponed: (subject) => `Postponed: ${named(subject)}`,
      cancelled: (subject) => `Cancelled: ${named(subject)}`,
      withdrawn: (subject) => `Nothing is left for you in ${named(subject)}`,
      reminder: (subject) => `Reminder of ${named(subject)}${from(subject)}`,
    },
    leads: {
      trainee: {
        invitation: (document) => `Under ${document}, you are kindly invited to this class:`,
        promoted: (document) =>
          `Under ${document}, there is a place for you: you are no longer on the waiting list of this class, but in it:`,
        changed: (document) => `Under ${document}, this is what changed in the class that you attend:`,
        postponed: (document) => `Under ${document}, the class that you attend is postponed:`,
        cancelled: (document) => `Under ${document}, the class that you attend is cancelled:`,
        withdrawn: (document) => `Under ${document}, you are no longer among the trainees of this class:`,
        reminder: (document) => `Under ${document}, this is a reminder of the class that you attend:`,
      },
      trainer: {
        invitation: (document) => `Under ${document}, this is what you teach in this class:`,
        promoted: (document) => `Under ${document}, this is what you teach in this class:`,
        changed: (document) => `Under ${document}, this is what changed in the class that you teach:`,
        postponed: (document) => `Under ${document}, the class that you teach is postponed:`,
        cancelled: (document) => `Under ${document}, the class that you teach is cancelled:`,
        withdrawn: (document) => `Under ${document}, you no longer have sessions to teach in this class:`,
        reminder: (document) => `Under ${document}, this is a reminder of what you teach:`,
      },
    },
    sessions: 'Your sessions',
    decision: (decision) => `By decision: ${decision}`,
    reason: (reason) => `Reason: ${reason}`,
    urgent: (reason) => `This is urgent and leaves later than 3 working days before the first session. Reason: ${reason}`,
    come: {
      trainee:
        'Please be there on time and sign in for each session. If you cannot come, please tell the agency that nominated you at once, so that it can name somebody else.',
      trainer: 'If you cannot teach as planned, please tell whoever organises the class at once.',
    },
    nothing: 'There is no session of this class left that you must come to.',
    nothingYet: 'There is no session of this class that you must come to now. You will be told of the new schedule.',
    privacy:
      'Your name, unit, position and how to reach you come from the agency that nominated you, and serve to hold the class, record attendance and issue certificates only. You may see your data and have it corrected, erased or restricted; ask the agency that nominated you or the standing agency of the plan.',
  },
  attendance: {
    subject: (code, title, days) => `Attendance wanted, class ${code}: ${title}, ${days.map(dayText).join(', ')}`,
    lead: (document) => `Under ${document}, the attendance of this class is not on record yet:`,
    sessions: 'Sessions without attendance',
    ask: 'Please record who was there and who was not in each session. Certificates and the report of the class rest on it.',
    onlyShows: 'Opening the link records nothing; only the button on its page does.',
    link: 'Open the attendance page',
  },
  certificate: {
    subject: (code, title) => `Certificate of class ${code}: ${title}`,
    lead: (document) => `Under ${document}, here is the certificate of the class that you completed:`,
    number: (number) => `Certificate number: ${number}`,
    issuedOn: (day) => `Issued on: ${dayText(day)}`,
    link: 'See the certificate',
    shows:
      'The link below opens a page that confirms that the certificate is genuine; the printed one is given out by whoever held the class. Whoever has the link can see it; please give it only to those who are to check it.',
  },
};
