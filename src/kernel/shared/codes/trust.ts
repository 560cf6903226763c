// Codes of users, roles, the catalogue and the reconcile queue.

export const TRUST_CODES = {
  'user-unknown': { status: 404, en: 'There is no such user. Check the login.', hi: 'ऐसा कोई उपयोगकर्ता नहीं है। लॉगिन जाँचें।' },
  'user-exists': {
    status: 409,
    en: 'This login is taken. Choose another, or give the existing user a role.',
    hi: 'यह लॉगिन लिया जा चुका है। दूसरा चुनें, या मौजूदा उपयोगकर्ता को भूमिका दें।',
  },
  'user-disabled-already': { status: 409, en: 'This user is disabled already.', hi: 'यह उपयोगकर्ता पहले से बंद है।' },
  'user-not-disabled': { status: 409, en: 'This user is not disabled.', hi: 'यह उपयोगकर्ता बंद नहीं है।' },
  'own-role': {
    status: 409,
    en: 'You cannot take a role from yourself. Ask another administrator.',
    hi: 'आप अपनी भूमिका ख़ुद नहीं हटा सकते। दूसरे प्रशासक से कहें।',
  },
  'own-account': {
    status: 409,
    en: 'You cannot disable yourself. Ask another administrator.',
    hi: 'आप ख़ुद को बंद नहीं कर सकते। दूसरे प्रशासक से कहें।',
  },
  'password-not-hashed': {
    status: 422,
    en: 'No password was set. Give one; it is never kept as typed.',
    hi: 'पासवर्ड नहीं रखा गया। एक दें; वह लिखे रूप में कभी नहीं रखा जाता।',
  },
  'role-unknown': { status: 422, en: 'There is no role {role}. Choose one from the list.', hi: '{role} नाम की कोई भूमिका नहीं है। सूची से चुनें।' },
  'role-not-held': { status: 409, en: 'This user does not have the role {role}.', hi: 'इस उपयोगकर्ता के पास {role} भूमिका नहीं है।' },
  'role-admin-stays': {
    status: 409,
    en: 'The administrator role cannot be retired: nobody could mend anything afterwards.',
    hi: 'प्रशासक भूमिका समाप्त नहीं हो सकती: फिर कोई कुछ ठीक न कर सके।',
  },
  'hospital-not-here': {
    status: 409,
    en: 'The hospital is not set up on this device. Run init or join first.',
    hi: 'इस उपकरण पर अस्पताल तैयार नहीं है। पहले init या join चलाएँ।',
  },
  'test-approved-already': { status: 409, en: 'The ranges of {test} are approved already.', hi: '{test} की सीमाएँ पहले से स्वीकृत हैं।' },
  'test-unit-needed': { status: 422, en: '{test} is told in numbers and needs a unit.', hi: '{test} अंकों में होती है, इकाई चाहिए।' },
  'test-container-needed': {
    status: 422,
    en: '{test} is not calculated and needs a container.',
    hi: '{test} गणना से नहीं निकलती, ट्यूब या बर्तन चाहिए।',
  },
  'range-upside-down': {
    status: 422,
    en: 'Row {row} of {test}: a lower limit is above an upper one, or a critical limit lies inside the range.',
    hi: '{test} की पंक्ति {row}: निचली सीमा ऊपरी से बड़ी है, या गंभीर सीमा सामान्य सीमा के भीतर है।',
  },
  'range-overlaps': {
    status: 422,
    en: 'Rows {row} and {other} of {test} are for the same sex and age. Only one may hold.',
    hi: '{test} की पंक्तियाँ {row} और {other} एक ही लिंग और उम्र के लिए हैं। केवल एक रह सकती है।',
  },
  'issue-not-here': {
    status: 404,
    en: 'This contradiction is not in the queue here. Look again.',
    hi: 'यह विरोधाभास यहाँ सूची में नहीं है। फिर देखें।',
  },
  'issue-settled-already': { status: 409, en: 'Somebody settled this already.', hi: 'यह पहले ही सुलझाया जा चुका है।' },
  'value-not-of-result': { status: 422, en: 'The value to keep is not one of this result.', hi: 'रखा जाने वाला मान इस परिणाम का नहीं है।' },
  'check-unknown': { status: 422, en: 'There is no check {check}.', hi: '{check} नाम की कोई जाँच-सूची नहीं है।' },
  'outcome-unknown': {
    status: 422,
    en: 'That answer is not possible here. Choose one of: {outcomes}.',
    hi: 'यहाँ यह उत्तर संभव नहीं। इनमें से चुनें: {outcomes}।',
  },
  'subject-not-here': {
    status: 404,
    en: 'One of the records is not on this PC. Settle it where both are.',
    hi: 'उनमें से एक रिकॉर्ड इस PC पर नहीं है। जहाँ दोनों हों वहाँ सुलझाएँ।',
  },
} as const;
