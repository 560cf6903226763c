// Orders and visits as pages list them.
import type { Document } from '#kernel/shared/document.ts';
import { openTests, type OrderState } from '#kernel/order/order.ts';
import type { VisitState } from '#kernel/visit/visit.ts';
import type { OrderRow, VisitRow } from '../shapes/patients.ts';
import type { ViewReader } from '../view.ts';
import { actOf } from './acts.ts';
import type { Catalogue } from './catalogue.ts';

export function testNames(
  codes: readonly string[],
  catalogue: Catalogue,
): readonly { readonly test: string; readonly name: string; readonly nameHi: string }[] {
  return codes.map((test) => {
    const known = catalogue.test(test);
    return { test, name: known?.name ?? test, nameHi: known?.nameHi ?? test };
  });
}

export async function orderRow(read: ViewReader, { stream, state }: Document<OrderState>, catalogue: Catalogue): Promise<OrderRow> {
  return {
    order: stream,
    number: state.number ?? null,
    visit: state.visit ?? null,
    status: state.status,
    urgency: state.urgency,
    tests: testNames(openTests(state), catalogue),
    placed: state.placedAt === undefined ? null : await actOf(read, { at: state.placedAt, user: state.placedBy }),
  };
}

export function visitRow({ stream, state }: Document<VisitState>, catalogue: Catalogue): VisitRow {
  const department = state.department === undefined ? undefined : catalogue.department(state.department);
  return {
    visit: stream,
    number: state.number ?? null,
    status: state.status,
    department: state.department ?? null,
    departmentName: department?.name ?? state.department ?? null,
    departmentNameHi: department?.nameHi ?? state.department ?? null,
    room: department?.room ?? null,
    startedAt: state.startedAt ?? null,
    endedAt: state.endedAt ?? null,
  };
}
