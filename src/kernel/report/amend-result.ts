// Amends a result that was final: the old value is kept and printed, and a released report becomes a corrected version in the same commit.
import { z } from 'zod';
import { no, YES } from '#kernel/shared/actor.ts';
import { buildCommand, done, found } from '#kernel/shared/build-command.ts';
import { reject } from '#kernel/shared/command.ts';
import type { NewEvent } from '#kernel/shared/event.ts';
import { catalogueCode, note, typedNumber } from '#kernel/shared/fields.ts';
import { sameData } from '#kernel/shared/same.ts';
import type { Instant } from '#kernel/shared/time.ts';
import { readOnTube, type OnTube } from '#kernel/result/enter-result.ts';
import { answerOf, judge, readValue, valueInput, valueResult, type Measured } from '#kernel/result/measure.ts';
import { resultEvent, type Evaluation, type ResultValue } from '#kernel/result/result.ts';
import { compose, readSources, type ReportSources } from './compose-report.ts';
import { reportEvent, type ReportLine } from './report.ts';

const input = z.strictObject({ accession: typedNumber, test: catalogueCode, ...valueInput, comment: note.optional(), reason: note });
const result = valueResult.extend({ report: z.object({ report: z.string(), number: z.string(), version: z.number().int() }).optional() });

interface Facts extends OnTube {
  readonly sources: ReportSources | undefined;
}

/** The line as it will stand: the new value, with the released one beside it. */
function amendedLine(
  line: ReportLine,
  old: ResultValue,
  measured: Measured,
  evaluation: Evaluation,
  given: { readonly reason: string; readonly comment?: string | undefined },
  at: Instant,
): ReportLine {
  return {
    ...line,
    value: measured.value,
    unit: measured.unit,
    evaluation,
    comment: given.comment,
    at,
    corrects: { value: old.value, unit: old.unit, reason: given.reason, at: old.at },
  };
}

export const amendResult = buildCommand<z.infer<typeof input>, Facts, z.infer<typeof result>>({
  name: 'amendResult',
  title: { en: 'Amend result', hi: 'परिणाम संशोधित करें' },
  input,
  result,
  writes: ['ResultAmended', 'ReportCorrected'],
  async load(given, read) {
    const onTube = await readOnTube(read, given);
    if ('missing' in onTube) return onTube;
    const sources = await readSources(read, { accession: given.accession });
    return found({ ...onTube.found, sources: 'missing' in sources ? undefined : sources.found });
  },
  when(_actor, { result: document }) {
    if (document?.state.current === undefined) return no('result-not-entered');
    if (document.state.rivals.length > 0) return no('result-disputed');
    return document.state.status === 'final' ? YES : no('result-not-final');
  },
  decide(given, { result: document, basis, sources }, env) {
    const old = document?.state.current;
    if (document === undefined || old === undefined) return reject('result-not-entered');
    const read = readValue(basis.test, given.value, given.unit);
    if ('rejection' in read) return { ok: false, rejection: read.rejection };
    const { measured } = read;
    if (sameData(measured.value, old.value)) return reject('amend-same-value', {}, 'value');
    const { stream } = document;
    const evaluation = judge(basis, measured, stream, env.now);
    const { reason, comment } = given;
    const events: NewEvent[] = [
      resultEvent(stream, 'ResultAmended', { ...measured, comment, evaluation, reason, patient: basis.patient, replaces: old.ref }),
    ];
    const answer = answerOf(stream, measured, evaluation);
    const report = sources?.report;
    const last = report?.state.versions.at(-1);
    if (sources === undefined || report === undefined || last?.lines.some((line) => line.result === stream) !== true)
      return done(answer, events);
    const { lines, pending, identity } = compose(sources);
    events.push(
      reportEvent(report.stream, 'ReportCorrected', {
        reason,
        patient: sources.patient,
        lines: lines.map((line) =>
          line.result === stream ? { ...amendedLine(line, old, measured, evaluation, given, env.now), medicalBy: env.actor.user } : line,
        ),
        pending: [...pending],
        identity: [...identity],
        amended: { result: stream, index: 0 },
      }),
    );
    return done(
      { ...answer, report: { report: report.stream, number: report.state.number ?? '', version: report.state.versions.length + 1 } },
      events,
    );
  },
});
