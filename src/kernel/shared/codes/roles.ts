// Codes of the replica, sign-in, enrolment, replication and the headless desk.
export const ROLES_CODES = {
  'input-invalid': {
    status: 422,
    en: 'A field is missing or wrong ({problem}). Correct it and send again; nothing was saved.',
    hi: 'कोई जानकारी छूटी या गलत है ({problem})। ठीक करके दोबारा भेजें; कुछ सहेजा नहीं गया।',
  },
  'command-unknown': {
    status: 404,
    en: 'This program knows no command named {command}. Ask for help to see all names.',
    hi: 'इस प्रोग्राम में {command} नाम का कोई काम नहीं है। सारे नाम मदद में देखें।',
  },
  'query-unknown': {
    status: 404,
    en: 'This program knows no query named {query}. Ask for help to see all names.',
    hi: 'इस प्रोग्राम में {query} नाम का कोई प्रश्न नहीं है। सारे नाम मदद में देखें।',
  },
  'needs-hub': {
    status: 409,
    en: 'Users, devices and catalogues are changed at a hub only. Do this at the hub, or when it answers again.',
    hi: 'उपयोगकर्ता, यंत्र और सूचियाँ केवल हब पर बदलती हैं। हब पर करें, या जब वह फिर मिले।',
  },
  'command-too-large': {
    status: 413,
    en: 'This is too much for one step. Do it in smaller parts.',
    hi: 'एक बार में यह बहुत बड़ा है। छोटे भागों में करें।',
  },
  'session-ended': {
    status: 401,
    en: 'The session has ended. Sign in again; what was typed is kept.',
    hi: 'सत्र समाप्त हो गया। फिर साइन इन करें; लिखा हुआ सुरक्षित है।',
  },
  'key-malformed': {
    status: 400,
    en: 'The key must be 1 to 64 letters, digits, hyphens or underscores.',
    hi: 'कुंजी में 1 से 64 अक्षर, अंक, हाइफ़न या अंडरस्कोर हों।',
  },
  'key-used': {
    status: 409,
    en: 'This key was used before for something else. Send the command with a new key.',
    hi: 'यह कुंजी पहले किसी और काम में लगी है। नई कुंजी के साथ भेजें।',
  },
  'desk-not-enrolled': {
    status: 409,
    en: 'This PC is not a desk of a hospital yet. Enrol it with an invite code.',
    hi: 'यह पी.सी. अभी किसी अस्पताल की डेस्क नहीं है। आमंत्रण कोड से नामांकन करें।',
  },
  'call-unknown': { status: 404, en: 'This program knows no call named {call}.', hi: 'इस प्रोग्राम में {call} नाम की कोई पुकार नहीं है।' },
  'sign-in-wrong': { status: 401, en: 'Name or password is wrong. Try again.', hi: 'नाम या पासवर्ड गलत है। फिर प्रयास करें।' },
  'sign-in-wait': {
    status: 429,
    en: 'Too many wrong attempts. Wait {retryAfterSeconds} s and try again.',
    hi: 'बहुत बार गलत हुआ। {retryAfterSeconds} सेकंड रुककर फिर प्रयास करें।',
  },
  'sign-in-first': {
    status: 401,
    en: 'Nobody of this name is signed in here. Sign in first: {"id":0,"signIn":{"user":"…","password":"…"}}',
    hi: 'इस नाम से कोई साइन इन नहीं है। पहले साइन इन करें।',
  },
  'sign-in-malformed': { status: 400, en: 'Sign in with a user and a password or PIN.', hi: 'उपयोगकर्ता और पासवर्ड या पिन से साइन इन करें।' },
  'user-disabled': {
    status: 403,
    en: 'This user has been disabled. Ask an administrator.',
    hi: 'यह उपयोगकर्ता बंद किया गया है। प्रशासक से कहें।',
  },
  'line-verb': { status: 400, en: 'A line has exactly one of: {verbs}.', hi: 'एक पंक्ति में इनमें से ठीक एक हो: {verbs}।' },
  'no-hub': {
    status: 409,
    en: 'No hub is named. Start the desk with --hub URL; work goes on without one.',
    hi: 'कोई हब नहीं बताया गया। --hub URL से शुरू करें; काम बिना हब के चलता है।',
  },
  'no-hub-answers': {
    status: 503,
    en: 'None of the {hubs} hubs answers. Everything is saved here and will be sent when one does.',
    hi: '{hubs} में से कोई हब उत्तर नहीं दे रहा। सब यहाँ सहेजा है और मिलते ही भेजा जाएगा।',
  },
  'sheet-malformed': {
    status: 400,
    en: 'Name what the sheet is for: a UHID, accession numbers, or a report number.',
    hi: 'बताएँ कि पर्ची किसकी है: UHID, नमूना संख्या या रिपोर्ट संख्या।',
  },
  'sheet-unknown': {
    status: 404,
    en: 'Nothing is held here under that number, so there is nothing to print.',
    hi: 'इस संख्या पर यहाँ कुछ नहीं है, इसलिए छापने को कुछ नहीं।',
  },
  'scan-malformed': { status: 400, en: 'A scan is one text.', hi: 'स्कैन एक पाठ होता है।' },
  'paper-nothing': { status: 404, en: 'There is nothing to put on paper.', hi: 'काग़ज़ पर डालने को कुछ नहीं है।' },
  'paper-forged': {
    status: 422,
    en: 'The signature on this paper is wrong: it was altered or made by someone else. Do not use it; tell the incident lead.',
    hi: 'इस काग़ज़ के हस्ताक्षर गलत हैं: यह बदला या नकली है। इसे न मानें; प्रभारी को बताएँ।',
  },
  'paper-signer-unknown': {
    status: 422,
    en: 'No hub known here vouches for the desk that made this paper. Type the numbers and confirm the identity by asking.',
    hi: 'जिस डेस्क ने यह काग़ज़ बनाया उसे यहाँ कोई नहीं जानता। संख्याएँ लिखें और पूछकर पहचान पक्की करें।',
  },
  'paper-signer-revoked': {
    status: 422,
    en: 'The desk that made this paper is no longer trusted. Do not use it; tell the incident lead.',
    hi: 'इस काग़ज़ को बनाने वाली डेस्क पर अब भरोसा नहीं है। इसे न मानें; प्रभारी को बताएँ।',
  },
  'hub-not-enrolled': { status: 503, en: 'This hub is not part of a hospital yet.', hi: 'यह हब अभी किसी अस्पताल का हिस्सा नहीं है।' },
  'hub-busy': {
    status: 503,
    en: 'Many desks came back at once. This one waits its turn; work goes on.',
    hi: 'बहुत सी डेस्क एक साथ लौटी हैं। यह अपनी बारी की प्रतीक्षा में है; काम चलता रहेगा।',
  },
  'hub-damaged-answer': {
    status: 502,
    en: 'The hub answered with something unreadable. Try another hub and tell hospital IT.',
    hi: 'हब का उत्तर पढ़ा नहीं जा सका। दूसरा हब आज़माएँ और आई.टी. को बताएँ।',
  },
  'already-enrolled': {
    status: 409,
    en: 'This folder already belongs to a device. Take a new folder to enrol another one.',
    hi: 'यह फ़ोल्डर पहले से किसी यंत्र का है। नए के लिए नया फ़ोल्डर लें।',
  },
  'invite-unreadable': {
    status: 400,
    en: 'This is not an invite code. Copy it whole, without spaces.',
    hi: 'यह आमंत्रण कोड नहीं है। पूरा कॉपी करें, बिना खाली जगह के।',
  },
  'invite-other-hospital': { status: 403, en: 'This invite is of another hospital.', hi: 'यह आमंत्रण दूसरे अस्पताल का है।' },
  'invite-forged': {
    status: 403,
    en: 'No hub of this hospital signed this invite. Ask for a new one.',
    hi: 'इस आमंत्रण पर इस अस्पताल के किसी हब के हस्ताक्षर नहीं हैं। नया माँगें।',
  },
  'invite-used': {
    status: 409,
    en: 'This invite was used by another device. Ask for a new one.',
    hi: 'यह आमंत्रण किसी और यंत्र ने ले लिया है। नया माँगें।',
  },
  'invite-expired': { status: 410, en: 'This invite is older than a day. Ask for a new one.', hi: 'यह आमंत्रण एक दिन से पुराना है। नया माँगें।' },
  'join-key-refused': {
    status: 400,
    en: 'The device did not prove its key. Start the enrolment again.',
    hi: 'यंत्र ने अपनी कुंजी सिद्ध नहीं की। नामांकन फिर शुरू करें।',
  },
  'ranges-used-up': {
    status: 507,
    en: 'This hub has no number ranges left to give. Enrol at another hub.',
    hi: 'इस हब के पास देने को संख्या-श्रेणी नहीं बची। दूसरे हब पर नामांकन करें।',
  },
  'device-unknown': {
    status: 403,
    en: 'This hub does not know this device yet. It will when the hub that enrolled it answers.',
    hi: 'यह हब इस यंत्र को अभी नहीं जानता। नामांकन करने वाला हब मिलते ही जानेगा।',
  },
  'device-revoked': {
    status: 403,
    en: 'This device is no longer trusted. Stop using it and call hospital IT.',
    hi: 'इस यंत्र पर अब भरोसा नहीं है। इसे रोकें और आई.टी. को बुलाएँ।',
  },
} as const;
