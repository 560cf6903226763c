// Rows and full pages of specimens, from their documents.
import type { Document } from '#kernel/shared/document.ts';
import type { Instant } from '#kernel/shared/time.ts';
import type { SpecimenState, Stamp, Told } from '#kernel/specimen/specimen.ts';
import type { ActShape } from '../shapes/common.ts';
import type { SpecimenRow, ToldShape } from '../shapes/laboratory.ts';
import type { ViewReader } from '../view.ts';
import { actOf } from './acts.ts';
import type { Catalogue } from './catalogue.ts';
import { ageShapeOf } from './persons.ts';

export function specimenRow({ stream, state }: Document<SpecimenState>, catalogue: Catalogue): SpecimenRow {
  const container = state.container === undefined ? undefined : catalogue.container(state.container);
  return {
    specimen: stream,
    accession: state.accession ?? '',
    status: state.status,
    hold: state.hold ?? null,
    identity: state.identity,
    container: state.container ?? null,
    containerName: container?.name ?? state.container ?? null,
    containerNameHi: container?.nameHi ?? state.container ?? null,
    department: state.department ?? null,
    urgency: state.urgency,
    order: state.order ?? null,
    tests: state.tests,
    collectedAt: state.collected?.collectedAt ?? null,
    receivedAt: state.receipts[0]?.at ?? null,
    labels: state.labels,
  };
}

export function toldShapeOf(told: Told | undefined, now: Instant): ToldShape | null {
  if (told === undefined) return null;
  return { name: told.name ?? null, nameIsTemporary: told.nameIsTemporary, age: ageShapeOf(told.age, now), sex: told.sex };
}

export async function stampOf(read: ViewReader, stamp: Stamp): Promise<ActShape> {
  // `actOf` is null only for an act that is not there.
  return (await actOf(read, { at: stamp.at, user: stamp.by, device: stamp.device })) as ActShape;
}

/** Who and when of something that may not have happened. */
export async function maybeStamp(read: ViewReader, stamp: Stamp | undefined): Promise<ActShape | null> {
  return stamp === undefined ? null : await stampOf(read, stamp);
}
