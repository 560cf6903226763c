// Every command of the hospital, by name: one registry for forms, API, headless desk, OpenAPI and simulator.
import {
  approveTest,
  changeSettings,
  defineContainer,
  defineDepartment,
  defineTest,
  retireContainer,
  retireDepartment,
  retireTest,
} from './catalogue/catalogue-commands.ts';
import { settleCheck, settleIssue } from './check/settle-commands.ts';
import { addTest, cancelOrder, placeOrder } from './order/order-commands.ts';
import { acceptCard } from './patient/accept-card.ts';
import { addAlias, correctPatient, identifyPatient } from './patient/correct-patient.ts';
import { linkPatients, unlinkPatients } from './patient/link-patients.ts';
import { recordAlert, recordAllergy, withdrawClinical } from './patient/record-clinical.ts';
import { registerPatient } from './patient/register-patient.ts';
import { amendResult } from './report/amend-result.ts';
import { recordPrint } from './report/record-print.ts';
import { releaseReport } from './report/release-report.ts';
import { cancelTest } from './result/cancel-test.ts';
import { closeCriticalCall, recordCriticalCall } from './result/critical-call.ts';
import { enterResult, repeatTest } from './result/enter-result.ts';
import { validateMedically, validateTechnically } from './result/validate.ts';
import { defineRole, retireRole } from './role/role-commands.ts';
import type { CommandDefinition } from './shared/command.ts';
import { collectUnidentified } from './specimen/collect-unidentified.ts';
import { collectSpecimen, labelSpecimen, notCollected } from './specimen/collect.ts';
import { linkSpecimen } from './specimen/link-specimen.ts';
import { dispatchSpecimens, holdSpecimen, receiveSpecimen, resolveHold } from './specimen/receive.ts';
import { markSpecimenLost, recollectSpecimen, rejectSpecimen } from './specimen/reject.ts';
import { createUser, disableUser, enableUser, grantRole, removeRole, setVerifier } from './user/user-commands.ts';
import { endVisit, startVisit } from './visit/visit-commands.ts';

const ALL: readonly CommandDefinition[] = [
  // Registration
  registerPatient,
  acceptCard,
  correctPatient,
  identifyPatient,
  addAlias,
  linkPatients,
  unlinkPatients,
  recordAllergy,
  recordAlert,
  withdrawClinical,
  startVisit,
  endVisit,
  // Orders
  placeOrder,
  addTest,
  cancelOrder,
  // Collection
  labelSpecimen,
  collectSpecimen,
  collectUnidentified,
  linkSpecimen,
  notCollected,
  dispatchSpecimens,
  // Laboratory
  receiveSpecimen,
  holdSpecimen,
  resolveHold,
  rejectSpecimen,
  recollectSpecimen,
  markSpecimenLost,
  enterResult,
  repeatTest,
  cancelTest,
  validateTechnically,
  validateMedically,
  recordCriticalCall,
  closeCriticalCall,
  releaseReport,
  amendResult,
  recordPrint,
  // Reconcile queue
  settleIssue,
  settleCheck,
  // Trust: need a hub
  createUser,
  setVerifier,
  grantRole,
  removeRole,
  disableUser,
  enableUser,
  defineRole,
  retireRole,
  defineDepartment,
  defineContainer,
  defineTest,
  approveTest,
  retireDepartment,
  retireContainer,
  retireTest,
  changeSettings,
];

export const commands: ReadonlyMap<string, CommandDefinition> = new Map(ALL.map((command) => [command.name, command]));
