import { handoverOf, type SmtpFailure } from './handover.js';

const envelope = (response: string, command = 'RCPT TO'): SmtpFailure => ({
  message: `Can't send mail: ${response}`,
  code: 'EENVELOPE',
  command,
  responseCode: Number(response.slice(0, 3)),
  response,
});
const data = (response: string): SmtpFailure => ({
  message: `Message failed: ${response}`,
  code: 'EMESSAGE',
  command: 'DATA',
  responseCode: Number(response.slice(0, 3)),
  response,
});
const refused = (status: string, address: boolean) => ({ kind: 'refused', status, address });

describe('an answer of the server to the envelope', () => {
  it.each([
    ['no such mailbox (RFC 5321 4.2.3)', '550 no such user', refused('550', true)],
    ['user not local (RFC 5321 4.2.3)', '551 user not local', refused('551', true)],
    ['mailbox name not allowed (RFC 5321 4.2.3)', '553 mailbox name not allowed', refused('553', true)],
    ['bad destination mailbox (RFC 3463 3.2)', '550 5.1.1 unknown', refused('5.1.1', true)],
    ['bad destination system, whatever the basic code', '554 5.1.2 no such domain', refused('5.1.2', true)],
    ['moved, no forwarding address', '551-5.1.6 moved', refused('5.1.6', true)],
    ['mailbox disabled (RFC 3463 3.3)', '550 5.2.1 disabled', refused('5.2.1', true)],
    ['policy, not the address (RFC 3463 3.8)', '550 5.7.1 not authorised', refused('5.7.1', false)],
    ['a block list', '554 your network is blocked', refused('554', false)],
    ['a mailbox over its quota', '552 5.2.2 over quota', refused('5.2.2', false)],
    ['greylisting', '450 4.2.0 come back later', { kind: 'retry', reached: true }],
    ['a full server', '452 4.3.1 out of storage', { kind: 'retry', reached: true }],
    ['a server that shuts down', '421 4.3.2 shutting down', { kind: 'retry', reached: true }],
    ['a session out of step (RFC 5321 4.2.3)', '503 bad sequence of commands', { kind: 'retry', reached: true }],
  ])('%s', (_, response, expected) => {
    expect(handoverOf(envelope(response), false)).toEqual({ answer: response, ...expected });
  });

  it('to the sender is about us, not about the address', () => {
    expect(handoverOf(envelope('550 sender rejected', 'MAIL FROM'), false)).toMatchObject(refused('550', false));
  });
});

describe('an answer of the server to the whole mail', () => {
  it.each([
    ['spam', '554 5.7.1 looks like spam', refused('5.7.1', false)],
    ['content', '550 we do not like it', refused('550', false)],
    ['an address after all', '550 5.1.1 no such user', refused('5.1.1', true)],
    ['later', '451 4.3.0 try again', { kind: 'retry', reached: true }],
  ])('is a verdict though the mail was handed over: %s', (_, response, expected) => {
    expect(handoverOf(data(response), true)).toEqual({ answer: response, ...expected });
  });
});

describe('a failure of the connection', () => {
  const failures: readonly (readonly [string, SmtpFailure])[] = [
    ['refused', { message: 'connect ECONNREFUSED', code: 'ESOCKET', command: 'CONN' }],
    ['no such host', { message: 'getaddrinfo ENOTFOUND', code: 'EDNS', command: 'CONN' }],
    ['timeout', { message: 'Timeout', code: 'ETIMEDOUT', command: 'CONN' }],
    ['closed', { message: 'Connection closed unexpectedly', code: 'ECONNECTION', command: 'CONN' }],
    ['TLS', { message: 'wrong version number', code: 'ETLS', command: 'STARTTLS' }],
    ['sign-in', { message: 'Invalid login', code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535, response: '535 5.7.8 no' }],
    ['a greeting that says no', { message: 'Invalid greeting', code: 'EPROTOCOL', responseCode: 554, response: '554 no service' }],
    ['no code at all', { message: 'something else' }],
  ];

  it.each(failures)('before the last byte: surely not accepted (RFC 5321 4.1.1.4): %s', (_, failure) => {
    expect(handoverOf(failure, false)).toEqual({ kind: 'retry', answer: failure.response ?? failure.message, reached: false });
  });

  it.each(failures)('after the last byte nobody can tell (RFC 1047): %s', (_, failure) => {
    expect(handoverOf(failure, true)).toEqual({ kind: 'unknown', answer: failure.response ?? failure.message });
  });
});

describe('a mail that nodemailer does not even begin to send', () => {
  it('because its address cannot be written into a command is refused, and the address with it', () => {
    const failure = { message: 'Internationalized mailbox name not allowed', code: 'EENVELOPE', command: 'API' };
    expect(handoverOf(failure, false)).toEqual({ kind: 'refused', answer: failure.message, status: 'EENVELOPE', address: true });
  });

  it('because it is larger than the server takes is refused, and the address is good', () => {
    const failure = { message: 'Message size larger than allowed 10', code: 'EMESSAGE', command: 'MAIL FROM' };
    expect(handoverOf(failure, false)).toEqual({ kind: 'refused', answer: failure.message, status: 'EMESSAGE', address: false });
  });
});
