import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { streams } from './streams.ts';

/**
 * Events lie in journals and on paper for decades. When this fails you have changed one's schema: only add optional fields
 * (then take the new hash), or raise the event's version, write an upcaster with a stored real example, and say so in the
 * changelog. A name that disappears here is history that nobody can read any more.
 */
test('event schemas are as they were', () => {
  const hashes: Record<string, string> = {};
  for (const stream of streams.values()) {
    for (const [type, schema] of Object.entries(stream.events)) {
      const text = JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }));
      hashes[`${stream.type} ${type}`] = createHash('sha256').update(text).digest('hex').slice(0, 12);
    }
  }
  expect(hashes).toMatchInlineSnapshot(`
    {
      "access RecordsAccessed": "283c8fe09955",
      "check CheckSettled": "7b2e11c87830",
      "container ContainerDefined": "aa93eb4d32b3",
      "container ContainerRetired": "b5ceb7c3c697",
      "department DepartmentDefined": "cc67dec07142",
      "department DepartmentRetired": "b5ceb7c3c697",
      "device CommitsReadmitted": "ae5db5b772db",
      "device DeviceEnrolled": "7cf8e482be6f",
      "device DeviceRenamed": "de1429c8f1d5",
      "device DeviceRevoked": "d1b8a2eda11d",
      "device EpochCertified": "45195aa092c7",
      "device EpochClosed": "4337d2dccaed",
      "device EpochOpened": "3c646b936cfb",
      "device PoolReceived": "08594c6d5abb",
      "device PoolSplit": "b5c952bca746",
      "device RangeGranted": "83c875917931",
      "device RollReserved": "4709238d09e5",
      "device WritesGranted": "e4e136ab9355",
      "hospital HospitalCreated": "7281930e3b5d",
      "hospital HospitalRenamed": "571c10cd486b",
      "hospital SettingsChanged": "2bd5e4ce6a86",
      "order OrderCancelled": "c6687fc4234b",
      "order OrderPaperPrinted": "75e0e7b1246c",
      "order OrderPlaced": "4812ec59f944",
      "order OrderTestCancelled": "3a2d6eba383c",
      "order TestAdded": "3e76f7d77b16",
      "patient AlertRecorded": "a4cebead9a2a",
      "patient AlertWithdrawn": "6f8725e40a58",
      "patient AliasAdded": "277d78951502",
      "patient AllergyRecorded": "9618b227661f",
      "patient AllergyWithdrawn": "e683bf3e2980",
      "patient CardAccepted": "5ad75325b935",
      "patient PatientCorrected": "037e333c237d",
      "patient PatientIdentified": "4ca3c2057963",
      "patient PatientLinked": "8aa3699abee7",
      "patient PatientPaperPrinted": "cccd0851b1c7",
      "patient PatientRegistered": "22d0bf0d95b9",
      "patient PatientUnlinked": "fcd57ad00be4",
      "report ReportCorrected": "1e49a0bce286",
      "report ReportPaperPrinted": "a2f371ad4497",
      "report ReportReleased": "1b7a087ed8c2",
      "result CriticalCallClosed": "781ff64b5034",
      "result CriticalCallRecorded": "b7718dc27b51",
      "result ResultAmended": "110f1d0572c9",
      "result ResultCancelled": "44794709fd78",
      "result ResultEntered": "e446b488a14f",
      "result ResultEnteredInError": "7b01c5832e9b",
      "result ResultRepeatAsked": "b4e5bf40d115",
      "result ResultValidatedMedically": "87344020448d",
      "result ResultValidatedTechnically": "87344020448d",
      "result ResultValueChosen": "7b01c5832e9b",
      "role RoleDefined": "b85e95e7d3f3",
      "role RoleRetired": "b5ceb7c3c697",
      "specimen HoldResolved": "b4e5bf40d115",
      "specimen SpecimenCancelled": "b4e5bf40d115",
      "specimen SpecimenCollected": "de1556e748f8",
      "specimen SpecimenDispatched": "7bd702c778cf",
      "specimen SpecimenHeld": "b4e5bf40d115",
      "specimen SpecimenLabelled": "b180fa9ae695",
      "specimen SpecimenLinked": "b813e61a501c",
      "specimen SpecimenLost": "e89bdfa2bdd2",
      "specimen SpecimenNotCollected": "b4e5bf40d115",
      "specimen SpecimenPaperPrinted": "4670c9b408ef",
      "specimen SpecimenPlanned": "a6af7410edfe",
      "specimen SpecimenReceived": "b9ea1a2bd7ef",
      "specimen SpecimenRecollected": "3168f140500e",
      "specimen SpecimenRejected": "6e51d5cd925c",
      "specimen SpecimenTestCancelled": "3a2d6eba383c",
      "specimen TestsAdded": "b0ea9fd4f38a",
      "specimen UnidentifiedCollected": "8bd83abd077c",
      "test TestDefined": "b1771429440a",
      "test TestRetired": "b5ceb7c3c697",
      "user KeyWrapped": "2e39c578833a",
      "user RoleGranted": "079b600bcf1f",
      "user RoleRemoved": "6d685ace1b59",
      "user UserCreated": "7556ab3812c8",
      "user UserDisabled": "e89bdfa2bdd2",
      "user UserEnabled": "e89bdfa2bdd2",
      "user UserRenamed": "9ad38fe6ca02",
      "user VerifierSet": "10903dfbbe03",
      "visit VisitEnded": "e89bdfa2bdd2",
      "visit VisitStarted": "523c6bb740af",
    }
  `);
});

test('no two streams give one event type two meanings', () => {
  const types = [...streams.values()].flatMap((stream) => Object.keys(stream.events));
  expect(types.filter((type, i) => types.indexOf(type) !== i)).toEqual([]);
});
