// Codes of specimens.

export const SPECIMEN_CODES = {
  'specimen-not-here': {
    status: 404,
    en: 'This PC knows no tube with that number. Receive it as it is, or scan the rack sheet or slip that came with it.',
    hi: 'इस PC पर इस नंबर की ट्यूब नहीं है। उसे वैसे ही प्राप्त करें, या साथ आई रैक शीट या पर्ची स्कैन करें।',
  },
  'specimen-cancelled': {
    status: 409,
    en: 'The order of this tube was cancelled. Ask the department before drawing blood.',
    hi: 'इस ट्यूब का ऑर्डर रद्द हो चुका है। ख़ून लेने से पहले विभाग से पूछें।',
  },
  'specimen-ended': {
    status: 409,
    en: 'This tube is {status} and cannot be used again. Take a new one.',
    hi: 'यह ट्यूब {status} है और फिर काम नहीं आ सकती। नई लें।',
  },
  'specimen-collected-already': {
    status: 409,
    en: 'This tube was collected already. If it is another tube, it needs its own label.',
    hi: 'यह ट्यूब पहले ही ली जा चुकी है। दूसरी ट्यूब हो तो उसका अपना लेबल चाहिए।',
  },
  'specimen-not-collected': {
    status: 409,
    en: 'Tube {accession} was not collected yet. Record the collection first.',
    hi: 'ट्यूब {accession} अभी ली नहीं गई है। पहले लेना दर्ज करें।',
  },
  'specimen-rejected': {
    status: 409,
    en: 'This tube was rejected ({reason}). Put it aside and ask for a new one.',
    hi: 'यह ट्यूब अस्वीकार हो चुकी है ({reason})। अलग रखें और नई मँगाएँ।',
  },
  'specimen-not-rejected': {
    status: 409,
    en: 'Only a rejected, lost or not collected tube is taken again.',
    hi: 'केवल अस्वीकृत, खोई या न ली गई ट्यूब दोबारा ली जाती है।',
  },
  'specimen-recollected-already': {
    status: 409,
    en: 'A new tube was asked for already: {accession}.',
    hi: 'नई ट्यूब पहले ही माँगी जा चुकी है: {accession}।',
  },
  'specimen-without-order': {
    status: 409,
    en: 'This tube has no order here. Order the tests again for the patient.',
    hi: 'इस ट्यूब का ऑर्डर यहाँ नहीं है। मरीज़ के लिए जाँच फिर लिखें।',
  },
  'specimen-has-final-results': {
    status: 409,
    en: 'Results of this tube are final. Amend them with a reason instead of rejecting the tube.',
    hi: 'इस ट्यूब के परिणाम अंतिम हैं। ट्यूब अस्वीकार करने की जगह कारण के साथ परिणाम संशोधित करें।',
  },
  'specimen-not-on-its-way': {
    status: 409,
    en: 'This tube is {status}; only one that was collected and not received can be lost.',
    hi: 'यह ट्यूब {status} है; केवल ली गई और न पहुँची ट्यूब खो सकती है।',
  },
  'specimen-not-received': {
    status: 409,
    en: 'This tube is {status} and not received here. Scan it in first.',
    hi: 'यह ट्यूब {status} है और यहाँ प्राप्त नहीं हुई। पहले स्कैन करके प्राप्त करें।',
  },
  'specimen-identity-disputed': {
    status: 409,
    en: 'Two people claim this number. Nothing may be reported from it until the reconcile queue says whose tube it is.',
    hi: 'यह नंबर दो लोगों का बताया गया है। जब तक मिलान सूची में तय न हो, इससे कोई रिपोर्ट न दें।',
  },
  'specimen-has-patient': {
    status: 409,
    en: 'This tube was labelled for a patient. It needs no link.',
    hi: 'यह ट्यूब एक मरीज़ के नाम से है। जोड़ने की ज़रूरत नहीं।',
  },
  'specimen-not-on-hold': { status: 409, en: 'This tube is not on hold.', hi: 'यह ट्यूब रोकी हुई नहीं है।' },
  'specimen-without-identity': {
    status: 409,
    en: 'Nobody knows yet whose tube this is. Link it to the patient before releasing the report.',
    hi: 'अभी पता नहीं कि ट्यूब किसकी है। रिपोर्ट जारी करने से पहले मरीज़ से जोड़ें।',
  },
  'accession-in-use': {
    status: 409,
    en: 'This label is in use already. Take the next label of the roll and destroy this one.',
    hi: 'यह लेबल पहले से काम में है। रोल का अगला लेबल लें और इसे नष्ट करें।',
  },
  'test-not-in-container': {
    status: 422,
    en: '{test} cannot be done from {container}; it needs {needs}.',
    hi: '{container} से {test} नहीं हो सकती; {needs} चाहिए।',
  },
  'twin-does-not-match': {
    status: 409,
    en: 'The two labels do not belong together. Do not link: look for the right twin, or ask a second person to confirm.',
    hi: 'दोनों लेबल एक जोड़ी के नहीं हैं। न जोड़ें: सही जोड़ी ढूँढें, या दूसरे व्यक्ति से पुष्टि कराएँ।',
  },
  'confirmer-unknown': {
    status: 422,
    en: 'The second person must be a user of the system. Type their login.',
    hi: 'दूसरा व्यक्ति प्रणाली का उपयोगकर्ता होना चाहिए। उनका लॉगिन लिखें।',
  },
  'second-person-is-same': {
    status: 422,
    en: 'The second person must be somebody else than you.',
    hi: 'दूसरा व्यक्ति आपके अलावा कोई और होना चाहिए।',
  },
} as const;
