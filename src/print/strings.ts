// Every fixed word on paper, in English and Hindi. A test holds the two complete.
import type { Both, PrintLanguage } from './content.ts';

export const STRINGS = {
  patientSlip: { en: 'Patient slip', hi: 'मरीज़ की पर्ची' },
  keepThisPaper: { en: 'Keep this paper, bring it again', hi: 'यह कागज़ संभालें, हर बार लाएँ' },
  duplicate: { en: 'DUPLICATE {copy}', hi: 'दूसरी प्रति {copy}' },
  uhid: { en: 'UHID', hi: 'यूएचआईडी' },
  temporaryNumber: { en: 'Temporary no.', hi: 'अस्थायी नं.' },
  externalNumber: { en: 'Card no. (as told)', hi: 'कार्ड नं. (बताया हुआ)' },
  name: { en: 'Name', hi: 'नाम' },
  ageAndSex: { en: 'Age / sex', hi: 'आयु / लिंग' },
  relation: { en: 'Relation', hi: 'संबंध' },
  phone: { en: 'Phone', hi: 'फ़ोन' },
  allergies: { en: 'Allergies', hi: 'एलर्जी' },
  alerts: { en: 'Alerts', hi: 'चेतावनी' },
  notAsked: { en: 'not asked', hi: 'पूछा नहीं गया' },
  noneOn: { en: 'none told (asked {date})', hi: 'कोई नहीं बताई ({date} को पूछा)' },
  visit: { en: 'Visit', hi: 'विज़िट' },
  department: { en: 'Department', hi: 'विभाग' },
  room: { en: 'Room', hi: 'कमरा' },
  token: { en: 'Token', hi: 'टोकन' },
  date: { en: 'Date', hi: 'तारीख' },
  tests: { en: 'Tests', hi: 'जाँच' },
  order: { en: 'Order', hi: 'ऑर्डर' },
  urgent: { en: 'URGENT', hi: 'तुरंत' },
  tubes: { en: 'Tubes', hi: 'ट्यूब' },
  tube: { en: 'Tube', hi: 'ट्यूब' },
  accession: { en: 'Tube no.', hi: 'ट्यूब नं.' },
  collected: { en: 'Collected', hi: 'लिया गया' },
  received: { en: 'Received', hi: 'प्राप्त' },
  reported: { en: 'Reported', hi: 'रिपोर्ट' },
  notRecorded: { en: 'not recorded', hi: 'दर्ज नहीं' },
  whatNext: { en: 'What to do next', hi: 'अब क्या करें' },
  codesHint: { en: 'Hospital desk: scan all codes.', hi: 'अस्पताल डेस्क: सब कोड स्कैन करें।' },
  code: { en: 'Code', hi: 'कोड' },
  printed: { en: 'Printed {at} by {by}', hi: '{at} पर छापा: {by}' },
  printedAt: { en: 'Printed {at}', hi: '{at} पर छपा' },
  page: { en: 'Page', hi: 'पृष्ठ' },
  rackSheet: { en: 'Rack sheet', hi: 'रैक शीट' },
  rackCount: { en: '{count} tubes', hi: '{count} ट्यूब' },
  rackHint: {
    en: 'Travels with the tubes. Laboratory: scan all codes, then each tube; extra and missing tubes are then named.',
    hi: 'ट्यूबों के साथ भेजें। लैब: पहले सब कोड, फिर हर ट्यूब स्कैन करें; कम या ज़्यादा ट्यूब दिख जाएँगी।',
  },
  from: { en: 'From', hi: 'कहाँ से' },
  to: { en: 'To', hi: 'कहाँ' },
  sentBy: { en: 'Sent by', hi: 'भेजने वाले' },
  receivedBy: { en: 'Received by (name, time)', hi: 'लेने वाले (नाम, समय)' },
  patient: { en: 'Patient', hi: 'मरीज़' },
  labReport: { en: 'Laboratory report', hi: 'लैब रिपोर्ट' },
  reportNumber: { en: 'Report no.', hi: 'रिपोर्ट नं.' },
  preliminary: { en: 'PRELIMINARY - not the final report', hi: 'प्रारंभिक - अंतिम रिपोर्ट नहीं' },
  final: { en: 'Final report', hi: 'अंतिम रिपोर्ट' },
  corrected: { en: 'CORRECTED REPORT - replaces the earlier one', hi: 'संशोधित रिपोर्ट - पिछली रिपोर्ट की जगह' },
  correctedRow: { en: 'CORRECTED: was {old}. Reason: {reason}. {by}, {at}', hi: 'संशोधित: पहले {old}। कारण: {reason}। {by}, {at}' },
  orderedBy: { en: 'Ordered by', hi: 'जाँच लिखने वाले' },
  specimen: { en: 'Specimen', hi: 'नमूना' },
  condition: { en: 'Condition', hi: 'दशा' },
  test: { en: 'Test', hi: 'जाँच' },
  result: { en: 'Result', hi: 'परिणाम' },
  unit: { en: 'Unit', hi: 'इकाई' },
  range: { en: 'Reference range', hi: 'सामान्य सीमा' },
  flag: { en: 'Flag', hi: 'संकेत' },
  noRange: { en: 'no range for this age and sex', hi: 'इस आयु-लिंग की सीमा नहीं' },
  flagNormal: { en: 'within range', hi: 'सीमा में' },
  flagLow: { en: 'LOW', hi: 'कम' },
  flagHigh: { en: 'HIGH', hi: 'अधिक' },
  flagAbnormal: { en: 'ABNORMAL', hi: 'असामान्य' },
  flagCriticalLow: { en: 'CRITICAL LOW', hi: 'बहुत कम - गंभीर' },
  flagCriticalHigh: { en: 'CRITICAL HIGH', hi: 'बहुत अधिक - गंभीर' },
  flagCritical: { en: 'CRITICAL', hi: 'गंभीर' },
  flagNotEvaluated: { en: 'not evaluated', hi: 'आँका नहीं गया' },
  technicalValidator: { en: 'Technical validation', hi: 'तकनीकी पुष्टि' },
  medicalValidator: { en: 'Medical validation', hi: 'चिकित्सकीय पुष्टि' },
  notValidated: { en: 'not validated', hi: 'पुष्टि नहीं हुई' },
  identityLink: {
    en: 'Tube and patient were linked after collection; confirmed by a second person: {by}, {at}.',
    hi: 'ट्यूब और मरीज़ को नमूना लेने के बाद जोड़ा गया; दूसरे व्यक्ति ने पुष्टि की: {by}, {at}।',
  },
  comments: { en: 'Comments', hi: 'टिप्पणी' },
  reportCodesHint: {
    en: 'These codes carry the signed results. A Nirantar desk proves them genuine without a network.',
    hi: 'इन कोड में हस्ताक्षरित परिणाम हैं। निरंतर डेस्क बिना नेटवर्क इनकी सच्चाई जाँच सकता है।',
  },
  endOfReport: { en: 'End of report', hi: 'रिपोर्ट समाप्त' },
} as const satisfies Record<string, Both>;

export type StringKey = keyof typeof STRINGS;
export type Facts = Readonly<Record<string, string | number>>;

function fill(text: string, facts: Facts): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole));
}

/** A text of the content in the language of the paper; both where they differ, Hindi first, as patients read it. */
export function inLanguage(language: PrintLanguage, text: Both, joint = ' · '): string {
  if (language !== 'both') return text[language];
  return text.hi === text.en ? text.en : `${text.hi}${joint}${text.en}`;
}

/** A fixed word in the language of the paper. */
export function word(language: PrintLanguage, key: StringKey, facts: Facts = {}, joint = ' / '): string {
  const text: Both = STRINGS[key];
  return inLanguage(language, { en: fill(text.en, facts), hi: fill(text.hi, facts) }, joint);
}
