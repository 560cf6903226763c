// Issues of one document as a page lists them.
import type { Document } from '#kernel/shared/document.ts';
import type { IssueShape } from '../shapes/common.ts';

export function issueShapes({ stream, issues }: Document): readonly IssueShape[] {
  return issues.map(({ id, code, detail, settled }) => ({
    stream,
    issue: id,
    code,
    detail: detail ?? {},
    settled: settled === undefined ? null : { outcome: settled.outcome, reason: settled.reason },
  }));
}
