/** The table at the end of a rehearsal, and whether the ledger's audit holds. @param {import('./api.mjs').Api} api @param {string} planId */
export async function finalReport(api, planId) {
  const [summary, audit, messages] = await Promise.all([
    api.call('GET', `/plans/${planId}/summary`),
    api.call('GET', '/audit'),
    api.call('GET', '/messages/counts'),
  ]);
  const { obligations } = summary;
  const rows = [
    ['obligations', obligations.total],
    ['  submitted on time', obligations.fulfilledOnTime],
    ['  submitted late', obligations.fulfilledLate],
    ['  still open', obligations.open],
    ['  of these overdue', obligations.overdue],
    ['  waived', obligations.waived],
    ['reminders', summary.reminders],
    ['chasings', summary.chasings],
    ['escalations to the standing agency', summary.escalationsToStanding],
    ['items prepared for the city office', summary.itemsForCity],
    ['escalations to the city office', summary.escalationsToCity],
    ['mails sent', messages.byState.sent],
    ['mails withdrawn or superseded', messages.byState.withdrawn + messages.byState.superseded],
    ['mails failed or unknown', messages.byState.failed + messages.byState.unknown],
  ];
  const width = Math.max(...rows.map(([name]) => String(name).length));
  const lines = rows.map(([name, value]) => `  ${String(name).padEnd(width)}  ${String(value).padStart(6)}`);
  const findings = audit.findings.map(
    (/** @type {{ code: string, obligationId: string | null, message: string }} */ finding) =>
      `  ${finding.code} ${finding.obligationId ?? ''}: ${finding.message}`,
  );
  return {
    holds: audit.holds,
    text: [
      ...lines,
      '',
      audit.holds
        ? 'The audit holds: every open obligation has a next step or a recorded reason.'
        : `The audit does not hold:\n${findings.join('\n')}`,
    ].join('\n'),
  };
}
