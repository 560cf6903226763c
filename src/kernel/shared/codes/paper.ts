// Codes of scanned sheets (slip, rack sheet, report): what is wrong with the paper and what to do now.

export const PAPER_CODES = {
  'paper-not-ours': {
    status: 422,
    en: 'This code is not from a Nirantar paper. Scan the square code printed on the slip, rack sheet or report.',
    hi: 'यह कोड निरंतर के कागज़ का नहीं है। पर्ची, रैक शीट या रिपोर्ट पर छपा चौकोर कोड स्कैन करें।',
  },
  'paper-foreign-hospital': {
    status: 422,
    en: 'This paper is from another hospital. Nothing was taken over. Read it by eye and enter what you need.',
    hi: 'यह कागज़ दूसरे अस्पताल का है। कुछ भी दर्ज नहीं किया गया। पढ़कर ज़रूरी बात स्वयं दर्ज करें।',
  },
  'paper-damaged': {
    status: 422,
    en: 'The code could not be read whole. Flatten and wipe the paper and scan again; if it fails twice, enter the printed numbers.',
    hi: 'कोड पूरा नहीं पढ़ा गया। कागज़ सीधा और साफ़ करके फिर स्कैन करें; दो बार न हो तो छपे हुए नंबर दर्ज करें।',
  },
  'paper-part-missing': {
    status: 422,
    en: 'Scan the other codes of this sheet too. Still missing: {missing} of {total}.',
    hi: 'इस कागज़ के बाकी कोड भी स्कैन करें। अभी बाकी: {total} में से {missing}।',
  },
  'paper-newer-format': {
    status: 422,
    en: 'This paper was printed by a newer program. Update this desk; until then enter the printed numbers.',
    hi: 'यह कागज़ नए प्रोग्राम से छपा है। इस डेस्क को अपडेट करें; तब तक छपे हुए नंबर दर्ज करें।',
  },
  'paper-too-large': {
    status: 413,
    en: 'This is more than one paper may hold. When printing: put fewer orders or tubes on one sheet. When scanning: nothing was taken over; show the paper to IT.',
    hi: 'यह एक कागज़ की सीमा से ज़्यादा है। छापते समय: एक कागज़ पर कम जाँच या ट्यूब रखें। स्कैन करते समय: कुछ दर्ज नहीं हुआ; कागज़ आई.टी. को दिखाएँ।',
  },
  'label-name-not-latin': {
    status: 422,
    en: 'The label printer has no letters for this name. Print the label with the browser instead.',
    hi: 'लेबल प्रिंटर में इस नाम के अक्षर नहीं हैं। लेबल ब्राउज़र से छापें।',
  },
} as const;
