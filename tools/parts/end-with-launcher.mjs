/* Loaded into each service that the launcher starts: when the launcher is gone, however it ended, the service stops as if it had been told to. */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
