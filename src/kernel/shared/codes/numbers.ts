// Codes of numbers, of roles and of what every command shares.

export const NUMBER_CODES = {
  'number-letters': {
    status: 422,
    en: 'A number has digits only. Type the 12 digits as they are printed, or scan the code.',
    hi: 'नंबर में केवल अंक होते हैं। छपे हुए 12 अंक लिखें, या कोड स्कैन करें।',
  },
  'number-too-short': {
    status: 422,
    en: 'This number has {digits} digits; it needs 12. Look whether the end is missing.',
    hi: 'इस नंबर में {digits} अंक हैं; 12 चाहिए। देखें कि अंत के अंक छूटे तो नहीं।',
  },
  'number-too-long': {
    status: 422,
    en: 'This number has {digits} digits; it needs 12. Look whether a digit was typed twice, or two codes were scanned together.',
    hi: 'इस नंबर में {digits} अंक हैं; 12 चाहिए। देखें कि कोई अंक दो बार तो नहीं लिखा, या दो कोड साथ स्कैन तो नहीं हुए।',
  },
  'number-check-digit': {
    status: 422,
    en: 'One digit of this number is wrong, or two are swapped. Compare it with the paper, or scan the code.',
    hi: 'इस नंबर का कोई अंक ग़लत है, या दो अंक आपस में बदल गए हैं। काग़ज़ से मिलाएँ, या कोड स्कैन करें।',
  },
  'number-kind-unknown': {
    status: 422,
    en: 'Numbers of this hospital do not begin with {digit}. Look whether it is a number of another hospital.',
    hi: 'इस अस्पताल के नंबर {digit} से शुरू नहीं होते। देखें कि यह दूसरे अस्पताल का नंबर तो नहीं।',
  },
  'number-kind-other': {
    status: 422,
    en: 'This is a {kind} number; a {expected} number belongs here. Scan the other code.',
    hi: 'यह {kind} नंबर है; यहाँ {expected} नंबर चाहिए। दूसरा कोड स्कैन करें।',
  },
  'numbers-used-up': {
    status: 503,
    en: 'This PC has no numbers left for {kind}. Connect it to a hub once to get new ones; until then use the next desk or pre-printed labels.',
    hi: 'इस PC पर {kind} के नंबर ख़त्म हो गए हैं। नए नंबर के लिए इसे एक बार हब से जोड़ें; तब तक दूसरी डेस्क या पहले से छपे लेबल लें।',
  },
  'number-on-two': {
    status: 409,
    en: 'This number is on {count} records. Nothing was changed. Open the reconcile queue and tell them apart by name and paper.',
    hi: 'यह नंबर {count} रिकॉर्ड पर है। कुछ नहीं बदला गया। मिलान सूची खोलें और नाम व काग़ज़ से पहचानें।',
  },
  'role-missing': {
    status: 403,
    en: 'Your role does not include this ({action}). Ask somebody who has it, or an administrator for the role.',
    hi: 'आपकी भूमिका में यह काम ({action}) नहीं है। जिसकी भूमिका में है उनसे कहें, या प्रशासक से भूमिका माँगें।',
  },
  'desk-may-not': {
    status: 403,
    en: 'This PC is not set up for this ({action}). Use a desk that is, or ask IT to invite this PC for it too.',
    hi: 'यह PC इस काम ({action}) के लिए नहीं है। सही डेस्क पर करें, या IT से इस PC को इसके लिए भी जुड़वाएँ।',
  },
  'time-in-future': {
    status: 422,
    en: 'This time is more than an hour ahead of this PC’s clock. Correct the time; if it is right, the clock of this PC is wrong: tell IT.',
    hi: 'यह समय इस PC की घड़ी से एक घंटे से ज़्यादा आगे है। समय सुधारें; समय सही हो तो इस PC की घड़ी ग़लत है: IT को बताएँ।',
  },
  'nothing-to-change': {
    status: 422,
    en: 'Nothing to change was given. Fill in at least one field.',
    hi: 'बदलने के लिए कुछ नहीं दिया गया। कम से कम एक जगह भरें।',
  },
  'department-unknown': {
    status: 422,
    en: 'There is no department {department}. Choose one from the list.',
    hi: '{department} नाम का कोई विभाग नहीं है। सूची से चुनें।',
  },
  'container-unknown': {
    status: 422,
    en: 'There is no container {container} in the catalogue. Choose one from the list.',
    hi: 'सूची में {container} ट्यूब या बर्तन नहीं है। सूची से चुनें।',
  },
  'test-unknown': {
    status: 422,
    en: 'There is no test {test} in the catalogue. Choose one from the list.',
    hi: 'सूची में {test} जाँच नहीं है। सूची से चुनें।',
  },
} as const;
