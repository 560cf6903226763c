// Every stream type of the hospital, by the first part of its stream ids: what replica, views and scopes look up.
import { accessStream } from './access/access.ts';
import { checkStream } from './check/check.ts';
import { containerStream } from './container/container.ts';
import { departmentStream } from './department/department.ts';
import { deviceStream } from './device/device.ts';
import { hospitalStream } from './hospital/hospital.ts';
import { orderStream } from './order/order.ts';
import { patientStream } from './patient/patient-fold.ts';
import { reportStream } from './report/report.ts';
import { resultStream } from './result/result-fold.ts';
import { roleStream } from './role/role.ts';
import type { StreamDefinition } from './shared/stream-definition.ts';
import { specimenStream } from './specimen/specimen-fold.ts';
import { testStream } from './test/test.ts';
import { userStream } from './user/user.ts';
import { visitStream } from './visit/visit.ts';

const ALL: readonly StreamDefinition<unknown>[] = [
  // Trust: small, held by every replica, folded only from a hub.
  hospitalStream,
  userStream,
  roleStream,
  deviceStream,
  departmentStream,
  containerStream,
  testStream,
  // Care: held by whoever has the patient in scope.
  patientStream,
  visitStream,
  orderStream,
  specimenStream,
  resultStream,
  reportStream,
  checkStream,
  // Who looked: held by hubs and by the desk where it happened.
  accessStream,
];

export const streams: ReadonlyMap<string, StreamDefinition<unknown>> = new Map(ALL.map((stream) => [stream.type, stream]));
