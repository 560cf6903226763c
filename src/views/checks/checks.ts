// Every check by its name. A test holds them equal to the names in the kernel.
import type { CheckName } from '#kernel/checks.ts';
import type { CheckQuery } from './check.ts';
import { numberOnTwoStreams, recordElsewhereArrived } from './numbers-on-two-streams.ts';
import { orderCancelledTubeReceived } from './order-cancelled.ts';
import { patientRegisteredTwice } from './registered-twice.ts';
import { rangeOnTwoDevices } from './range-on-two-devices.ts';
import { rejectedSpecimenHasResult } from './rejected-specimen.ts';
import { reportOlderThanResult } from './report-older.ts';

/** What can hurt first. */
export const checkQueries: readonly CheckQuery[] = [
  reportOlderThanResult,
  rejectedSpecimenHasResult,
  orderCancelledTubeReceived,
  numberOnTwoStreams,
  recordElsewhereArrived,
  patientRegisteredTwice,
  rangeOnTwoDevices,
];

export const checkQueryNames: readonly CheckName[] = checkQueries.map(({ check }) => check);
