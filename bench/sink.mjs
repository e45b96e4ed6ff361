/* A mail server that accepts everything and keeps nothing: the counterpart of both rates, in a process of its own. Prints its port, then counts on request. */
import { SMTPServer } from 'smtp-server';

let accepted = 0;
let last = 0;

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  disableReverseLookup: true,
  logger: false,
  onData(stream, _session, done) {
    stream.on('data', () => undefined);
    stream.on('end', () => {
      accepted += 1;
      last = performance.timeOrigin + performance.now();
      done();
    });
  },
});

server.listen(0, '127.0.0.1', () => {
  const address = server.server.address();
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 });
});
process.on('message', (message) => {
  if (message === 'count') process.send?.({ accepted, last });
  if (message === 'reset') accepted = 0;
});
process.on('disconnect', () => process.exit(0));
