// Codes of patients, visits and orders.

export const PATIENT_CODES = {
  'patient-not-here': {
    status: 404,
    en: 'This PC holds no record with that number. If the patient has the card, accept the card as told; do not give a second UHID.',
    hi: 'इस PC पर इस नंबर का रिकॉर्ड नहीं है। मरीज़ के पास कार्ड हो तो कार्ड मान्य करें; दूसरा UHID न दें।',
  },
  'patient-needed': { status: 422, en: 'Say which patient: scan or type the UHID.', hi: 'बताएँ कौन सा मरीज़: UHID स्कैन करें या लिखें।' },
  'number-on-two-patients': {
    status: 409,
    en: 'This number is on {count} patients. Do not guess: ask name, age and father’s or husband’s name, and choose the record by that.',
    hi: 'यह नंबर {count} मरीज़ों पर है। अंदाज़ा न लगाएँ: नाम, उम्र और पिता या पति का नाम पूछकर रिकॉर्ड चुनें।',
  },
  'name-needed': {
    status: 422,
    en: 'Type the name as told, in Latin or Devanagari letters. If nobody can say it, register as unknown.',
    hi: 'बताया गया नाम लिखें, रोमन या देवनागरी में। कोई न बता सके तो अज्ञात के रूप में दर्ज करें।',
  },
  'age-and-birth-date': {
    status: 422,
    en: 'Give the age or the date of birth, not both. Take the date if a paper shows it.',
    hi: 'उम्र या जन्म तिथि में से एक दें। काग़ज़ पर तिथि हो तो तिथि लें।',
  },
  'birth-date-in-future': { status: 422, en: 'The date of birth lies in the future. Look at the year.', hi: 'जन्म तिथि आगे की है। साल देखें।' },
  'uhid-taken': {
    status: 409,
    en: 'This UHID is on a patient already. Search for it instead of registering again.',
    hi: 'यह UHID पहले से किसी मरीज़ पर है। दोबारा पंजीकरण की जगह खोजें।',
  },
  'card-held-here': {
    status: 409,
    en: 'The record of this card is here. Open it by its number.',
    hi: 'इस कार्ड का रिकॉर्ड यहीं है। नंबर से खोलें।',
  },
  'legacy-number-form': {
    status: 422,
    en: 'An old or foreign card number has 9 to 15 digits. Compare it with the card.',
    hi: 'पुराने या बाहरी कार्ड के नंबर में 9 से 15 अंक होते हैं। कार्ड से मिलाएँ।',
  },
  'patient-not-unknown': {
    status: 409,
    en: 'This patient is not registered as unknown. Correct the details instead.',
    hi: 'यह मरीज़ अज्ञात के रूप में दर्ज नहीं है। विवरण सुधारें।',
  },
  'link-to-itself': {
    status: 422,
    en: 'Both numbers lead to one record: there is nothing to link.',
    hi: 'दोनों नंबर एक ही रिकॉर्ड के हैं: जोड़ने को कुछ नहीं।',
  },
  'link-in-circle': {
    status: 409,
    en: 'The other record is already linked into this one. Take that link back first, if it is the wrong way round.',
    hi: 'दूसरा रिकॉर्ड पहले से इसमें जुड़ा है। उल्टा जुड़ा हो तो पहले वह जोड़ वापस लें।',
  },
  'patient-linked-already': {
    status: 409,
    en: 'This record is already linked into another. Take that link back first.',
    hi: 'यह रिकॉर्ड पहले से दूसरे में जुड़ा है। पहले वह जोड़ वापस लें।',
  },
  'patient-not-linked': {
    status: 409,
    en: 'This record is not linked into another: there is nothing to take back.',
    hi: 'यह रिकॉर्ड किसी में जुड़ा नहीं है: वापस लेने को कुछ नहीं।',
  },
  'allergy-substance-needed': { status: 422, en: 'Say to what the patient is allergic.', hi: 'बताएँ कि एलर्जी किससे है।' },
  'allergy-known-already': {
    status: 409,
    en: 'An allergy is recorded. Take it back with a reason before saying that none is known.',
    hi: 'एक एलर्जी दर्ज है। “कोई नहीं” कहने से पहले कारण के साथ उसे वापस लें।',
  },
  'nothing-to-withdraw': {
    status: 409,
    en: 'That entry is not there, or was taken back before.',
    hi: 'वह प्रविष्टि नहीं है, या पहले ही वापस ली जा चुकी है।',
  },
  'visit-not-here': {
    status: 404,
    en: 'This PC holds no visit with that number. Leave the visit out, or scan the slip.',
    hi: 'इस PC पर इस नंबर की विज़िट नहीं है। विज़िट छोड़ दें, या पर्ची स्कैन करें।',
  },
  'visit-ended': { status: 409, en: 'This visit has ended. Start a new one.', hi: 'यह विज़िट समाप्त हो चुकी है। नई शुरू करें।' },
  'order-not-here': {
    status: 404,
    en: 'This PC holds no order with that number. Scan the slip to bring it here.',
    hi: 'इस PC पर इस नंबर का ऑर्डर नहीं है। पर्ची स्कैन करके यहाँ लाएँ।',
  },
  'order-needed': { status: 422, en: 'Say which order: scan or type its number.', hi: 'बताएँ कौन सा ऑर्डर: नंबर स्कैन करें या लिखें।' },
  'order-cancelled': { status: 409, en: 'This order is cancelled. Place a new one.', hi: 'यह ऑर्डर रद्द है। नया लिखें।' },
  'order-has-results': {
    status: 409,
    en: 'This order has results already, so it stays. Cancel single tests that have none.',
    hi: 'इस ऑर्डर के परिणाम आ चुके हैं, इसलिए यह रहेगा। जिन जाँचों का परिणाम नहीं, उन्हें अलग रद्द करें।',
  },
  'order-of-other-patient': {
    status: 409,
    en: 'That order is for another patient. Check the slip.',
    hi: 'वह ऑर्डर दूसरे मरीज़ का है। पर्ची देखें।',
  },
  'test-ordered-already': { status: 409, en: 'These tests are on the order already.', hi: 'ये जाँचें ऑर्डर में पहले से हैं।' },
  'paper-subject-not-here': { status: 404, en: 'This PC does not hold what the paper is of.', hi: 'यह काग़ज़ जिसका है, वह इस PC पर नहीं है।' },
  'paper-subject-wrong': {
    status: 422,
    en: 'This paper is not printed for that kind of number.',
    hi: 'इस तरह के नंबर के लिए यह काग़ज़ नहीं छपता।',
  },
  'reprint-reason-needed': {
    status: 422,
    en: 'This would be copy {copy}. Say why it is printed again, and destroy the spoilt label.',
    hi: 'यह प्रति {copy} होगी। दोबारा छापने का कारण लिखें, और ख़राब लेबल नष्ट करें।',
  },
} as const;
