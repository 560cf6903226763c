// Synthetic papers for tests and for looking at: long names, both scripts, everything at once.
import type { LabelContent, RackSheetContent, ReportContent, SlipContent, TestContent } from '../content.ts';

const HOSPITAL = {
  name: { en: 'Nirantar Demonstration Hospital', hi: 'निरंतर प्रदर्शन अस्पताल' },
  place: { en: 'New Delhi', hi: 'नई दिल्ली' },
  phone: '011-4000 0000',
};

const TESTS: Readonly<Record<string, TestContent>> = {
  PLT: { code: 'PLT', name: { en: 'Platelet count', hi: 'प्लेटलेट गणना' }, sensitive: false },
  HGB: { code: 'HGB', name: { en: 'Haemoglobin', hi: 'हीमोग्लोबिन' }, sensitive: false },
  WBC: { code: 'WBC', name: { en: 'White cell count', hi: 'श्वेत रक्त कोशिका गणना' }, sensitive: false },
  CREA: { code: 'CREA', name: { en: 'Creatinine', hi: 'क्रिएटिनिन' }, sensitive: false },
  HIV: { code: 'HIVSECRET', name: { en: 'HIVSECRET antibody', hi: 'एचआईवीगुप्त' }, sensitive: true },
};
const test = (code: string): TestContent => TESTS[code]!; // a key of the table above

const PATIENT = {
  name: { latin: 'Sunita Devi Vishwakarma', devanagari: 'सुनीता देवी विश्वकर्मा' },
  number: { kind: 'uhid' as const, digits: '100042000173' },
  age: { en: '34 years (as told)', hi: '34 वर्ष (बताई हुई)' },
  sex: { en: 'female', hi: 'महिला' },
  relation: { en: 'W/O Ramesh Kumar', hi: 'पति: रमेश कुमार' },
  phone: '98100 12345',
};

const VISIT = {
  number: '300042000171',
  department: { en: 'Paediatric Haematology', hi: 'बाल रक्त रोग विभाग' },
  room: { en: '214, 2nd floor', hi: '214, दूसरी मंज़िल' },
  date: '23-11-2026',
  token: 'H-027',
};

export function slipSample(codes: readonly string[], change: Partial<SlipContent> = {}): SlipContent {
  return {
    language: 'both',
    hospital: HOSPITAL,
    patient: PATIENT,
    allergies: { status: 'listed', items: [{ en: 'Penicillin: rash', hi: 'पेनिसिलिन: चकत्ते' }] },
    alerts: { status: 'not-asked' },
    visit: VISIT,
    orders: [
      { number: '400042000178', orderedAt: '23-11-2026 09:12', urgent: true, tests: [test('PLT'), test('HGB'), test('HIV'), test('CREA')] },
    ],
    tubes: [
      { accession: '200042000171', container: { en: 'EDTA, lavender', hi: 'ईडीटीए, बैंगनी' }, tests: [test('PLT'), test('HGB')] },
      { accession: '200042000189', container: { en: 'Serum gel, yellow', hi: 'सीरम जेल, पीला' }, tests: [test('CREA'), test('HIV')] },
    ],
    next: [
      { en: 'Go to blood collection, room 12, ground floor.', hi: 'खून देने के लिए कमरा 12, भूतल पर जाएँ।' },
      { en: 'Report tomorrow after 2 pm, window 5.', hi: 'रिपोर्ट कल दोपहर 2 बजे के बाद, खिड़की 5 से लें।' },
    ],
    codes,
    printedAt: '23-11-2026 09:14',
    printedBy: 'A. Kumar',
    copy: 1,
    ...change,
  };
}

export function labelSample(change: Partial<LabelContent> = {}): LabelContent {
  return {
    accession: '200042000171',
    patient: PATIENT,
    ageSex: '34Y F',
    container: 'EDTA 3 mL lavender',
    tests: [test('PLT'), test('HGB'), test('WBC'), test('HIV')],
    urgent: true,
    collector: 'by M. Joseph',
    collectedAt: '23-11-26 10:42',
    unidentified: false,
    ...change,
  };
}

export function rackSample(codes: readonly string[], tubes: number): RackSheetContent {
  const names = [
    { latin: 'Sunita Devi Vishwakarma', devanagari: 'सुनीता देवी विश्वकर्मा' },
    { latin: 'Mohammad Abdul Rahman' },
    { devanagari: 'द्रौपदी त्रिपाठी' },
    { latin: 'Unknown ECHO TANGO' },
  ];
  return {
    language: 'both',
    hospital: HOSPITAL,
    from: { en: 'Blood collection, room 12', hi: 'रक्त संग्रह, कमरा 12' },
    to: { en: 'Haematology laboratory', hi: 'रुधिर विज्ञान लैब' },
    sentBy: 'M. Joseph',
    printedAt: '23-11-2026 11:00',
    codes,
    copy: 1,
    tubes: Array.from({ length: tubes }, (_, index) => ({
      accession: String(200_042_000_171 + index * 9),
      container: { en: 'EDTA, lavender', hi: 'ईडीटीए, बैंगनी' },
      tests: index % 3 === 0 ? [test('PLT'), test('HGB'), test('HIV')] : [test('PLT'), test('WBC')],
      collectedAt: '23-11 10:42',
      urgent: index % 5 === 0,
      patient: {
        ...PATIENT,
        name: names[index % names.length]!, // inside the list
        number: index % 4 === 3 ? { kind: 'temporary' as const, digits: '700042000175' } : PATIENT.number,
      },
    })),
  };
}

export function reportSample(codes: readonly string[], change: Partial<ReportContent> = {}): ReportContent {
  return {
    language: 'both',
    hospital: HOSPITAL,
    laboratory: { en: 'Smart Laboratory, Haematology', hi: 'स्मार्ट लैब, रुधिर विज्ञान' },
    number: '800042000173',
    status: 'corrected',
    patient: PATIENT,
    visit: VISIT,
    orderedBy: 'Dr. P. Iyer',
    specimens: [
      {
        accession: '200042000171',
        type: { en: 'EDTA blood', hi: 'ईडीटीए रक्त' },
        collectedAt: '23-11-2026 10:42',
        receivedAt: '23-11-2026 11:20',
        condition: { en: 'good', hi: 'ठीक' },
      },
      { accession: '200042000189', type: { en: 'Serum', hi: 'सीरम' }, collectedAt: '23-11-2026 10:42' },
    ],
    sections: [
      {
        title: { en: 'Blood count', hi: 'रक्त गणना' },
        accession: '200042000171',
        rows: [
          {
            name: { en: 'Platelet count', hi: 'प्लेटलेट गणना' },
            value: '14',
            unit: '10\u2079/L',
            range: '150 - 450',
            flag: 'critical-low',
            correction: { oldValue: '140', oldUnit: '10\u2079/L', reason: 'decimal point misread', by: 'R. Nair', at: '23-11-2026 12:40' },
          },
          { name: { en: 'Haemoglobin', hi: 'हीमोग्लोबिन' }, value: '12.6', unit: 'g/dL', range: '12.0 - 15.0', flag: 'normal' },
          {
            name: { en: 'White cell count', hi: 'श्वेत रक्त कोशिका गणना' },
            value: '13.1',
            unit: '10\u2079/L',
            range: '4.0 - 11.0',
            flag: 'high',
          },
        ],
      },
      {
        title: { en: 'Chemistry', hi: 'रसायन' },
        accession: '200042000189',
        rows: [
          {
            name: { en: 'Creatinine', hi: 'क्रिएटिनिन' },
            value: '0.8',
            unit: 'mg/dL',
            flag: 'not-evaluated',
            note: { en: 'method changed', hi: 'विधि बदली' },
          },
        ],
      },
    ],
    technicalValidator: { name: 'R. Nair', role: { en: 'Technologist', hi: 'तकनीशियन' }, at: '23-11-2026 12:41' },
    medicalValidator: { name: 'Dr. S. Rao', role: { en: 'Pathologist', hi: 'पैथोलॉजिस्ट' }, at: '23-11-2026 12:55' },
    reportedAt: '23-11-2026 12:56',
    identityLink: { confirmedBy: 'Sr. K. Thomas', at: '23-11-2026 11:25' },
    comments: [{ en: 'Platelets confirmed on smear.', hi: 'प्लेटलेट की पुष्टि स्लाइड पर की गई।' }],
    codes,
    printedAt: '23-11-2026 13:02',
    copy: 1,
    ...change,
  };
}
