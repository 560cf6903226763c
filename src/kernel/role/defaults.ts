// The roles that a new hospital starts with. They are data afterwards: an administrator changes them by `defineRole`.
import type { z } from 'zod';
import type { roleEvents } from './role.ts';

export type RoleDefault = z.infer<typeof roleEvents.RoleDefined>;

/** What everybody who works with patients may look up. */
const LOOK_UP = [
  'query:patients',
  'query:patient',
  'query:number',
  'query:departments',
  'query:catalogue',
  'query:users',
  'query:duplicates',
];
const SEE_CARE = [
  'query:specimen',
  'query:order',
  'query:report',
  'query:reports',
  'query:trend',
  'query:reportContent',
  'query:slipContent',
  'query:criticalCalls',
];
const REGISTER = [
  'registerPatient',
  'acceptCard',
  'correctPatient',
  'identifyPatient',
  'addAlias',
  'startVisit',
  'endVisit',
  'placeOrder',
  'addTest',
  'cancelOrder',
  'recordPrint',
];
const CLINICAL = ['recordAllergy', 'recordAlert', 'withdrawClinical'];
const COLLECT = [
  'labelSpecimen',
  'collectSpecimen',
  'collectUnidentified',
  'linkSpecimen',
  'notCollected',
  'dispatchSpecimens',
  'recollectSpecimen',
  'markSpecimenLost',
  'recordPrint',
];
const COLLECT_QUERIES = ['query:collectionList', 'query:labelContent', 'query:rackSheetContent'];
const BENCH = [
  'receiveSpecimen',
  'holdSpecimen',
  'resolveHold',
  'rejectSpecimen',
  'recollectSpecimen',
  'markSpecimenLost',
  'linkSpecimen',
  'enterResult',
  'repeatTest',
  'cancelTest',
  'addTest',
  'recordCriticalCall',
  'closeCriticalCall',
  'labelSpecimen',
  'recordPrint',
];
const SETTLE = ['settleIssue', 'settleCheck'];

function role(name: string, title: string, titleHi: string, ...permissions: readonly (readonly string[])[]): RoleDefault {
  return { role: name, title, titleHi, permissions: [...new Set(permissions.flat())].sort() };
}

export const DEFAULT_ROLES: readonly RoleDefault[] = [
  role('registration-clerk', 'Registration clerk', 'पंजीकरण लिपिक', LOOK_UP, SEE_CARE, REGISTER, CLINICAL, COLLECT_QUERIES),
  role('phlebotomist', 'Phlebotomist', 'रक्त नमूना कर्मी', LOOK_UP, SEE_CARE, COLLECT, COLLECT_QUERIES, CLINICAL, [
    'registerPatient',
    'acceptCard',
    'placeOrder',
    'cancelTest',
  ]),
  role('lab-technician', 'Laboratory technician', 'प्रयोगशाला तकनीशियन', LOOK_UP, SEE_CARE, BENCH, COLLECT_QUERIES, [
    'query:labWorklist',
    'validateTechnically',
  ]),
  role('pathologist', 'Pathologist', 'पैथोलॉजिस्ट', LOOK_UP, SEE_CARE, BENCH, COLLECT_QUERIES, SETTLE, [
    'query:labWorklist',
    'query:reconcile',
    'validateTechnically',
    'validateMedically',
    'releaseReport',
    'amendResult',
    'approveTest',
    'defineTest',
  ]),
  role('nurse', 'Nurse', 'नर्स', LOOK_UP, SEE_CARE, COLLECT, COLLECT_QUERIES, CLINICAL, [
    'registerPatient',
    'acceptCard',
    'identifyPatient',
    'startVisit',
    'placeOrder',
    'addTest',
    'cancelOrder',
  ]),
  role('doctor', 'Doctor', 'डॉक्टर', LOOK_UP, SEE_CARE, CLINICAL, COLLECT_QUERIES, COLLECT, [
    'registerPatient',
    'acceptCard',
    'identifyPatient',
    'startVisit',
    'endVisit',
    'placeOrder',
    'addTest',
    'cancelOrder',
    'cancelTest',
  ]),
  role('records-officer', 'Medical records officer', 'चिकित्सा अभिलेख अधिकारी', LOOK_UP, SEE_CARE, SETTLE, [
    'correctPatient',
    'identifyPatient',
    'addAlias',
    'linkPatients',
    'unlinkPatients',
    'query:reconcile',
    'query:accessLog',
    'recordPrint',
  ]),
  role('incident-lead', 'Incident lead', 'घटना प्रमुख', LOOK_UP, SETTLE, [
    'query:reconcile',
    'query:devices',
    'query:accessLog',
    'query:roles',
    'linkPatients',
    'unlinkPatients',
    'disableUser',
    'enableUser',
  ]),
  role('auditor', 'Auditor', 'लेखा परीक्षक', ['query:*']),
  role('admin', 'Administrator', 'प्रशासक', ['*']),
];
