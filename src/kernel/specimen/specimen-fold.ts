// How the facts about one tube make its state. Status is computed from all facts, so that it does not hang on the order in which desks met.
import type { FoldContext } from '#kernel/shared/document.ts';
import type { FoldEvent } from '#kernel/shared/event.ts';
import { defineStream, type Handlers } from '#kernel/shared/stream.ts';
import { instant } from '#kernel/shared/time.ts';
import { specimenEvents, type Claim, type SpecimenState, type Stamp } from './specimen.ts';

const INITIAL: SpecimenState = {
  status: 'none',
  hold: undefined,
  accession: undefined,
  claims: [],
  patient: undefined,
  order: undefined,
  visit: undefined,
  temporary: undefined,
  told: undefined,
  container: undefined,
  department: undefined,
  urgency: 'routine',
  tests: [],
  cancelledTests: [],
  identity: 'none',
  link: undefined,
  labels: 0,
  sheets: undefined,
  collected: undefined,
  notCollected: undefined,
  dispatched: undefined,
  receipts: [],
  held: undefined,
  resolved: undefined,
  rejected: undefined,
  cancelled: undefined,
  lost: undefined,
  replaces: undefined,
  replacedBy: undefined,
};

function stamp(event: FoldEvent): Stamp {
  return { ref: event.ref, at: event.occurredAt, by: event.user, device: event.device };
}

/** Everything that follows from the facts: status, whose it is, what is wanted. */
function derive(state: SpecimenState): SpecimenState {
  const { link, claims } = state;
  const patients = new Set(claims.map((claim) => claim.patient ?? claim.temporary));
  const disputed = link === undefined && patients.size > 1;
  const claim = claims[0];
  const identity =
    link !== undefined
      ? 'linked'
      : disputed
        ? 'disputed'
        : claim === undefined
          ? 'none'
          : claim.patient !== undefined
            ? 'planned'
            : 'temporary';
  const wanted = disputed ? [] : [...new Set([...claims.flatMap((one) => one.tests), ...state.tests])];
  const next: SpecimenState = {
    ...state,
    identity,
    patient: link?.patient ?? (disputed ? undefined : claim?.patient),
    order: link?.order ?? (disputed ? undefined : claim?.order),
    visit: disputed ? undefined : claim?.visit,
    temporary: claims.find((one) => one.temporary !== undefined)?.temporary,
    container: claim?.container ?? state.container,
    tests: wanted.filter((test) => !state.cancelledTests.includes(test)),
  };
  return { ...next, ...statusOf(next) };
}

function statusOf(state: SpecimenState): Pick<SpecimenState, 'status' | 'hold'> {
  const received = state.receipts.length > 0;
  if (state.rejected !== undefined) return { status: 'rejected', hold: undefined };
  if (received) {
    if (state.identity === 'disputed') return { status: 'on-hold', hold: 'identity-disputed' };
    if (state.cancelled !== undefined && state.resolved === undefined) return { status: 'on-hold', hold: 'cancelled-before' };
    if (state.identity === 'none') return { status: 'on-hold', hold: 'awaiting-order' };
    if (state.held !== undefined) return { status: 'on-hold', hold: 'held' };
    return { status: 'accepted', hold: undefined };
  }
  if (state.lost !== undefined) return { status: 'lost', hold: undefined };
  if (state.dispatched !== undefined) return { status: 'in-transit', hold: undefined };
  if (state.collected !== undefined) return { status: 'collected', hold: undefined };
  if (state.cancelled !== undefined) return { status: 'cancelled', hold: undefined };
  if (state.notCollected !== undefined) return { status: 'not-collected', hold: undefined };
  if (state.labels > 0) return { status: 'labelled', hold: undefined };
  return { status: state.claims.length > 0 ? 'planned' : 'none', hold: undefined };
}

/** Two plans under one number by desks that did not know each other: a number was used twice (a cloned disk). Never merged. */
function addClaim(state: SpecimenState, claim: Claim, context: FoldContext): SpecimenState {
  for (const other of state.claims) {
    if (!context.knows(other.ref)) context.issue('accession-used-twice', [other.ref, claim.ref]);
  }
  return { ...state, claims: [...state.claims, claim] };
}

/** A clerical "cancelled" and a physical "collected" or "received" that did not know each other. */
function cancelledMeetsTube(state: SpecimenState, event: FoldEvent, context: FoldContext): void {
  if (state.cancelled !== undefined && !context.knows(state.cancelled.ref)) {
    context.issue('cancel-requested-specimen-taken', [state.cancelled.ref, event.ref]);
  }
}

const on: Handlers<SpecimenState, typeof specimenEvents> = {
  SpecimenPlanned: (state, data, event, context) =>
    derive({
      ...addClaim(
        state,
        {
          ref: event.ref,
          patient: data.patient,
          order: data.order,
          visit: data.visit,
          temporary: undefined,
          tests: data.tests,
          container: data.container,
        },
        context,
      ),
      accession: data.accession,
      urgency: data.urgency,
      replaces: data.replaces,
    }),
  SpecimenLabelled: (state) => derive({ ...state, labels: state.labels + 1 }),
  SpecimenPaperPrinted: (state) => ({ ...state, sheets: (state.sheets ?? 0) + 1 }),
  SpecimenCollected: (state, data, event, context) => {
    cancelledMeetsTube(state, event, context);
    if (state.collected !== undefined && !context.knows(state.collected.ref))
      context.issue('specimen-collected-twice', [state.collected.ref, event.ref]);
    if (state.notCollected !== undefined && !context.knows(state.notCollected.ref))
      context.issue('not-collected-and-collected', [state.notCollected.ref, event.ref]);
    const collected = {
      ...stamp(event),
      collectedAt: instant(data.collectedAt),
      site: data.site,
      identifiersChecked: data.identifiersChecked,
    };
    return derive({ ...state, collected: state.collected ?? collected, notCollected: undefined });
  },
  UnidentifiedCollected: (state, data, event, context) =>
    derive({
      ...addClaim(
        state,
        {
          ref: event.ref,
          patient: undefined,
          order: undefined,
          visit: undefined,
          temporary: data.temporary,
          tests: data.tests,
          container: data.container,
        },
        context,
      ),
      accession: data.accession,
      told: { name: data.name, nameIsTemporary: data.nameIsTemporary, age: data.age, sex: data.sex },
      department: data.department,
      urgency: data.urgency,
      labels: Math.max(1, state.labels),
      collected: state.collected ?? {
        ...stamp(event),
        collectedAt: instant(data.collectedAt),
        site: undefined,
        identifiersChecked: undefined,
      },
    }),
  SpecimenLinked: (state, data, event, context) => {
    if (state.link !== undefined && !context.knows(state.link.ref) && state.link.patient !== data.patient) {
      context.issue('specimen-linked-differently', [state.link.ref, event.ref]);
    }
    for (const claim of state.claims) {
      if (claim.patient !== undefined && claim.patient !== data.patient && !context.knows(claim.ref)) {
        context.issue('specimen-linked-differently', [claim.ref, event.ref]);
      }
    }
    return derive({ ...state, link: { ...stamp(event), patient: data.patient, order: data.order, by2: data.by } });
  },
  TestsAdded: (state, data) =>
    derive({
      ...state,
      tests: [...new Set([...state.tests, ...data.tests])],
      cancelledTests: state.cancelledTests.filter((test) => !data.tests.includes(test)),
    }),
  SpecimenTestCancelled: (state, data) => derive({ ...state, cancelledTests: [...new Set([...state.cancelledTests, data.test])] }),
  SpecimenNotCollected: (state, data, event, context) => {
    if (state.collected !== undefined && !context.knows(state.collected.ref))
      context.issue('not-collected-and-collected', [state.collected.ref, event.ref]);
    return derive({ ...state, notCollected: { ...stamp(event), reason: data.reason } });
  },
  SpecimenCancelled: (state, data, event, context) => {
    for (const fact of [state.collected, ...state.receipts]) {
      if (fact !== undefined && !context.knows(fact.ref)) context.issue('cancel-requested-specimen-taken', [fact.ref, event.ref]);
    }
    return derive({ ...state, cancelled: state.cancelled ?? { ...stamp(event), reason: data.reason } });
  },
  SpecimenDispatched: (state, _data, event) => derive({ ...state, dispatched: stamp(event) }),
  SpecimenReceived: (state, data, event, context) => {
    cancelledMeetsTube(state, event, context);
    for (const receipt of state.receipts)
      if (!context.knows(receipt.ref)) context.issue('specimen-received-twice', [receipt.ref, event.ref]);
    const { orphan } = data;
    const told =
      orphan?.name === undefined ? undefined : { name: orphan.name, nameIsTemporary: false, age: orphan.age, sex: orphan.sex ?? 'unknown' };
    return derive({
      ...state,
      accession: state.accession ?? data.accession,
      told: state.told ?? told,
      container: state.container ?? orphan?.container,
      tests: [...new Set([...state.tests, ...(orphan?.tests ?? [])])],
      receipts: [...state.receipts, { ...stamp(event), condition: data.condition, orphan: orphan !== undefined }],
    });
  },
  SpecimenHeld: (state, data, event) => derive({ ...state, held: { ...stamp(event), reason: data.reason } }),
  HoldResolved: (state, data, event, context) =>
    // A hold that this person did not know of stays.
    derive({
      ...state,
      resolved: { ...stamp(event), reason: data.reason },
      held: state.held !== undefined && !context.knows(state.held.ref) ? state.held : undefined,
    }),
  SpecimenRejected: (state, data, event, context) => {
    if (state.rejected !== undefined && !context.knows(state.rejected.ref) && state.rejected.reason !== data.reason) {
      context.issue('specimen-rejected-twice', [state.rejected.ref, event.ref]);
    }
    return derive({ ...state, rejected: state.rejected ?? { ...stamp(event), reason: data.reason, note: data.note } });
  },
  SpecimenLost: (state, _data, event) => derive({ ...state, lost: stamp(event) }),
  SpecimenRecollected: (state, data, event, context) => {
    const earlier = state.replacedBy;
    if (earlier !== undefined && !context.knows(earlier.ref)) context.issue('specimen-recollected-twice', [earlier.ref, event.ref]);
    return derive({ ...state, replacedBy: { ref: event.ref, stream: data.by, accession: data.accession } });
  },
};

export const specimenStream = defineStream<SpecimenState, typeof specimenEvents>({
  type: 'specimen',
  trust: false,
  events: specimenEvents,
  initial: INITIAL,
  on,
  numbers: (state) => [state.accession, state.temporary].filter((number) => number !== undefined),
  links: (state) => [
    ...(state.patient === undefined ? [] : [{ rel: 'patient', to: state.patient }]),
    ...(state.order === undefined ? [] : [{ rel: 'order', to: state.order }]),
    ...(state.visit === undefined ? [] : [{ rel: 'visit', to: state.visit }]),
    ...(state.replaces === undefined ? [] : [{ rel: 'replaces', to: state.replaces }]),
  ],
  unit: (state, self) => state.patient ?? self,
});
