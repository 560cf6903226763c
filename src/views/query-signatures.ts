// Name, titles and shapes of every query: what screens, API and headless desk are typed against. It must not know how a query is answered.
import type { z } from 'zod';
import {
  accessLogInput,
  accessLogResult,
  duplicatesInput,
  duplicatesResult,
  numberQueryInput,
  numberQueryResult,
  patientInput,
  patientResult,
  patientsInput,
  patientsResult,
} from './shapes/patients.ts';
import {
  collectionListInput,
  collectionListResult,
  criticalCallsInput,
  criticalCallsResult,
  labWorklistInput,
  labWorklistResult,
  orderInput,
  orderResult,
  reportInput,
  reportResult,
  reportsInput,
  reportsResult,
  specimenInput,
  specimenResult,
  trendInput,
  trendResult,
} from './shapes/laboratory.ts';
import {
  labelContentInput,
  labelContentResult,
  rackSheetContentInput,
  rackSheetContentResult,
  reportContentInput,
  reportContentResult,
  slipContentInput,
  slipContentResult,
} from './shapes/papers.ts';
import { reconcileInput, reconcileResult } from './shapes/reconcile.ts';
import { catalogueResult, departmentsResult, devicesResult, emptyInput, rolesResult, usersResult } from './shapes/trust.ts';

export const QUERY_SIGNATURES = {
  patients: { title: { en: 'Find a patient', hi: 'मरीज़ खोजें' }, input: patientsInput, result: patientsResult },
  patient: { title: { en: 'Patient record', hi: 'मरीज़ का रिकॉर्ड' }, input: patientInput, result: patientResult },
  duplicates: { title: { en: 'Possible duplicates', hi: 'संभावित दोहरे पंजीकरण' }, input: duplicatesInput, result: duplicatesResult },
  number: { title: { en: 'What a number is', hi: 'यह संख्या किसकी है' }, input: numberQueryInput, result: numberQueryResult },
  accessLog: { title: { en: 'Who looked at a record', hi: 'रिकॉर्ड किसने देखा' }, input: accessLogInput, result: accessLogResult },
  specimen: { title: { en: 'Specimen', hi: 'नमूना' }, input: specimenInput, result: specimenResult },
  order: { title: { en: 'Order', hi: 'जाँच का आदेश' }, input: orderInput, result: orderResult },
  collectionList: { title: { en: 'To be collected', hi: 'लेने के लिए नमूने' }, input: collectionListInput, result: collectionListResult },
  labWorklist: { title: { en: 'Laboratory worklist', hi: 'प्रयोगशाला की कार्य-सूची' }, input: labWorklistInput, result: labWorklistResult },
  criticalCalls: {
    title: { en: 'Critical values to be told', hi: 'बताए जाने वाले गंभीर मान' },
    input: criticalCallsInput,
    result: criticalCallsResult,
  },
  report: { title: { en: 'Report', hi: 'रिपोर्ट' }, input: reportInput, result: reportResult },
  reports: { title: { en: 'Reports of a patient', hi: 'मरीज़ की रिपोर्टें' }, input: reportsInput, result: reportsResult },
  trend: { title: { en: 'Trend of a test', hi: 'जाँच का रुझान' }, input: trendInput, result: trendResult },
  reconcile: { title: { en: 'To be settled', hi: 'सुलझाने के लिए' }, input: reconcileInput, result: reconcileResult },
  catalogue: { title: { en: 'Tests and tubes', hi: 'जाँचें और ट्यूब' }, input: emptyInput, result: catalogueResult },
  departments: { title: { en: 'Departments', hi: 'विभाग' }, input: emptyInput, result: departmentsResult },
  users: { title: { en: 'Users', hi: 'उपयोगकर्ता' }, input: emptyInput, result: usersResult },
  roles: { title: { en: 'Roles', hi: 'भूमिकाएँ' }, input: emptyInput, result: rolesResult },
  devices: { title: { en: 'Devices', hi: 'उपकरण' }, input: emptyInput, result: devicesResult },
  slipContent: { title: { en: 'Content of a slip', hi: 'पर्ची की सामग्री' }, input: slipContentInput, result: slipContentResult },
  labelContent: {
    title: { en: 'Content of a tube label', hi: 'ट्यूब के लेबल की सामग्री' },
    input: labelContentInput,
    result: labelContentResult,
  },
  rackSheetContent: {
    title: { en: 'Content of a rack sheet', hi: 'रैक पत्र की सामग्री' },
    input: rackSheetContentInput,
    result: rackSheetContentResult,
  },
  reportContent: {
    title: { en: 'Content of a printed report', hi: 'छपी रिपोर्ट की सामग्री' },
    input: reportContentInput,
    result: reportContentResult,
  },
} as const;

export type QueryName = keyof typeof QUERY_SIGNATURES;
export type QueryInput<N extends QueryName> = z.infer<(typeof QUERY_SIGNATURES)[N]['input']>;
export type QueryResult<N extends QueryName> = z.infer<(typeof QUERY_SIGNATURES)[N]['result']>;
