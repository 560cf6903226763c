// Releases what is medically validated: the report of an order, or of one tube that has none.
import { z } from 'zod';
import { no, YES } from '#kernel/shared/actor.ts';
import { buildCommand, done } from '#kernel/shared/build-command.ts';
import { reject } from '#kernel/shared/command.ts';
import { typedNumber } from '#kernel/shared/fields.ts';
import { compose, isNews, readSources, type ReportSources } from './compose-report.ts';
import { reportEvent } from './report.ts';

const input = z.strictObject({ accession: typedNumber.optional(), order: typedNumber.optional() });
const result = z.object({
  report: z.string(),
  number: z.string(),
  version: z.number().int(),
  status: z.enum(['partial', 'final', 'corrected']),
  pending: z.array(z.object({ accession: z.string(), test: z.string() })),
});

export const releaseReport = buildCommand<z.infer<typeof input>, ReportSources, z.infer<typeof result>>({
  name: 'releaseReport',
  title: { en: 'Release report', hi: 'रिपोर्ट जारी करें' },
  input,
  result,
  writes: ['ReportReleased'],
  load: (given, read) => readSources(read, given),
  when(_actor, sources) {
    if (sources.specimens.some(({ specimen }) => specimen.state.hold === 'identity-disputed')) return no('specimen-identity-disputed');
    const known = sources.specimens.every(({ specimen: { state } }) => state.identity !== 'none' || state.told?.name !== undefined);
    if (!known) return no('specimen-without-identity');
    const { lines } = compose(sources);
    if (lines.length === 0) return no('nothing-validated');
    return isNews(sources, lines) ? YES : no('report-released-already', { number: sources.report?.state.number ?? '' });
  },
  decide(_given, sources, env) {
    const { lines, pending, identity } = compose(sources);
    const earlier = sources.report;
    const number = earlier?.state.number ?? env.mint('report');
    if (number === undefined) return reject('numbers-used-up', { kind: 'report' });
    const report = earlier?.stream ?? env.derivedStream('report', sources.subject);
    const told = sources.specimens.find(({ specimen: { state } }) => state.temporary !== undefined && state.told?.name !== undefined)
      ?.specimen.state;
    const temporary =
      sources.patient === undefined && told?.temporary !== undefined && told.told?.name !== undefined
        ? { number: told.temporary, name: told.told.name }
        : undefined;
    const version = (earlier?.state.versions.length ?? 0) + 1;
    const status = earlier?.state.status === 'corrected' ? 'corrected' : pending.length > 0 ? 'partial' : 'final';
    return done({ report, number, version, status, pending: [...pending] }, [
      reportEvent(report, 'ReportReleased', {
        number,
        patient: sources.patient,
        order: sources.order,
        specimens: sources.specimens.map(({ specimen }) => specimen.stream),
        temporary,
        lines: [...lines],
        pending: [...pending],
        identity: [...identity],
      }),
    ]);
  },
});
