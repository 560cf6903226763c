// Codes of queries: why a question has no answer, and what to do.

export const VIEW_CODES = {
  'nothing-here': {
    status: 404,
    en: 'This desk holds nothing under that number. Check the digits; if they are right, the record is on another desk or hub and comes when the network does, or scan the slip or the rack sheet.',
    hi: 'इस डेस्क पर इस संख्या का कुछ नहीं है। अंक जाँचें; सही हों तो रिकॉर्ड किसी और डेस्क या हब पर है और नेटवर्क आने पर मिलेगा, या पर्ची या रैक शीट स्कैन करें।',
  },
  'number-names-several': {
    status: 409,
    en: 'This number stands on {count} records. Compare name and age with the paper and choose the right one; the reconcile queue shows them side by side.',
    hi: 'यह संख्या {count} रिकॉर्ड पर है। नाम और आयु कागज़ से मिलाकर सही वाला चुनें; मिलान सूची में सब साथ दिखते हैं।',
  },
} as const;
