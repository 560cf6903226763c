// Codes that the screens themselves give before anything is asked of the replica.

export const SCREEN_CODES = {
  'finish-first': {
    status: 409,
    en: 'Save or clear this patient first (Ctrl+Enter or Alt+X), then scan the next one.',
    hi: 'पहले इस मरीज़ को सहेजें या साफ़ करें (Ctrl+Enter या Alt+X), फिर अगला स्कैन करें।',
  },
  'number-not-here': {
    status: 404,
    en: 'This desk holds nothing under that number. Check the digits; if they are right, scan the slip or the rack sheet, or take the tube before identity (Alt+U).',
    hi: 'इस डेस्क पर इस नंबर का कुछ नहीं है। अंक जाँचें; सही हों तो पर्ची या रैक शीट स्कैन करें, या पहचान से पहले ट्यूब लें (Alt+U)।',
  },
} as const;
