// Reports as they were released, and whether a value has become another one since.
import type { Document } from '#kernel/shared/document.ts';
import type { Instant } from '#kernel/shared/time.ts';
import type { ReportLine, ReportState, ReportVersion } from '#kernel/report/report.ts';
import type { ResultState } from '#kernel/result/result.ts';
import type { ReportLineShape, ReportRow, ReportVersionShape } from '../shapes/laboratory.ts';
import type { ViewReader } from '../view.ts';
import type { Catalogue } from './catalogue.ts';
import { evaluationShapeOf, sureAct } from './results.ts';

export function reportRow({ stream, state }: Document<ReportState>): ReportRow {
  const last = state.versions.at(-1);
  return {
    report: stream,
    number: state.number ?? null,
    order: state.order ?? null,
    accessions: [...new Set(last?.lines.map((line) => line.accession) ?? [])],
    status: state.status,
    version: last?.version ?? 0,
    releasedAt: last?.at ?? null,
    tests: [...new Set(last?.lines.map((line) => line.test) ?? [])],
    pending: last?.pending.length ?? 0,
  };
}

/** True when the result now has another value than the line, whether or not anybody has corrected the report. */
export async function lineOutdated(read: ViewReader, line: ReportLine): Promise<boolean> {
  const result = await read.document<ResultState>(line.result);
  if (result === undefined) return false;
  const { current, inError } = result.state;
  if (inError !== undefined) return true;
  return current !== undefined && current.ref !== line.valueRef && (current.value !== line.value || current.unit !== line.unit);
}

async function lineShape(read: ViewReader, line: ReportLine, version: ReportVersion, catalogue: Catalogue): Promise<ReportLineShape> {
  const at = line.at as Instant; // the schema of the event holds it to whole milliseconds
  const { corrects } = line;
  return {
    result: line.result,
    accession: line.accession,
    test: line.test,
    name: line.name,
    nameHi: catalogue.test(line.test)?.nameHi ?? line.name,
    value: line.value,
    unit: line.unit ?? null,
    evaluation: evaluationShapeOf(line.evaluation),
    comment: line.comment ?? null,
    at,
    technical: line.technicalBy === undefined ? null : await sureAct(read, version.at, line.technicalBy),
    medical: line.medicalBy === undefined ? null : await sureAct(read, version.at, line.medicalBy),
    corrects:
      corrects === undefined
        ? null
        : { value: corrects.value, unit: corrects.unit ?? null, reason: corrects.reason ?? null, at: corrects.at as Instant }, // as above
    outdated: await lineOutdated(read, line),
  };
}

export async function versionShape(read: ViewReader, version: ReportVersion, catalogue: Catalogue): Promise<ReportVersionShape> {
  const names = new Map<string, string | null>();
  for (const { confirmer } of version.identity) {
    if (confirmer !== undefined) names.set(confirmer, (await sureAct(read, version.at, confirmer)).userName);
  }
  return {
    version: version.version,
    status: version.status,
    released: await sureAct(read, version.at, version.by),
    reason: version.reason ?? null,
    lines: await Promise.all(version.lines.map((line) => lineShape(read, line, version, catalogue))),
    pending: version.pending,
    identity: version.identity.map(({ accession, by, confirmer }) => ({
      accession,
      by,
      confirmer: confirmer === undefined ? null : (names.get(confirmer) ?? null),
    })),
  };
}
