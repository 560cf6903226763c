// Codes of results, calls and reports.

export const LABORATORY_CODES = {
  'test-not-on-tube': {
    status: 409,
    en: '{test} was not ordered on this tube. On it are: {tests}. Check the number, or add the test to the order.',
    hi: 'इस ट्यूब पर {test} नहीं लिखी गई। इस पर हैं: {tests}। नंबर जाँचें, या ऑर्डर में जाँच जोड़ें।',
  },
  'test-cancelled': {
    status: 409,
    en: '{test} was cancelled on this tube. Add it to the order again if it is wanted.',
    hi: 'इस ट्यूब पर {test} रद्द हो चुकी है। चाहिए तो ऑर्डर में फिर जोड़ें।',
  },
  'value-not-a-number': {
    status: 422,
    en: '{test} needs a number with a point, for example 12.5. A comma is not taken, because it is read in two ways.',
    hi: '{test} के लिए बिंदु वाला अंक चाहिए, जैसे 12.5। कॉमा नहीं चलता, क्योंकि उसे दो तरह पढ़ा जाता है।',
  },
  'unit-needed': { status: 422, en: 'Type the unit of {test}: {unit}.', hi: '{test} की इकाई लिखें: {unit}।' },
  'unit-unknown': {
    status: 422,
    en: 'That is not a unit of {test}. Type {unit}, and look whether the value is in that unit.',
    hi: 'यह {test} की इकाई नहीं है। {unit} लिखें, और देखें कि मान उसी इकाई में है।',
  },
  'unit-not-used': {
    status: 422,
    en: '{test} is told in words and has no unit. Leave the unit out.',
    hi: '{test} शब्दों में बताई जाती है, इकाई नहीं होती। इकाई छोड़ दें।',
  },
  'result-is-final': {
    status: 409,
    en: 'This result is validated medically. Amend it with a reason; the old value stays readable.',
    hi: 'यह परिणाम चिकित्सकीय रूप से सत्यापित है। कारण के साथ संशोधित करें; पुराना मान पढ़ा जा सकेगा।',
  },
  'result-not-final': {
    status: 409,
    en: 'This result is not final yet. Enter it again or ask for a repeat.',
    hi: 'यह परिणाम अभी अंतिम नहीं है। फिर से दर्ज करें या दोहराने को कहें।',
  },
  'result-not-entered': { status: 409, en: 'There is no result here yet.', hi: 'यहाँ अभी कोई परिणाम नहीं है।' },
  'result-entered-already': {
    status: 409,
    en: '{test} has a result already and cannot be cancelled. Ask for a repeat, or amend it.',
    hi: '{test} का परिणाम आ चुका है, रद्द नहीं हो सकती। दोहराने को कहें, या संशोधित करें।',
  },
  'result-disputed': {
    status: 409,
    en: 'Two people entered different values without knowing of each other. Choose one in the reconcile queue, or repeat the test.',
    hi: 'दो लोगों ने एक दूसरे से अनजान अलग मान दर्ज किए। मिलान सूची में एक चुनें, या जाँच दोहराएँ।',
  },
  'result-repeat-open': {
    status: 409,
    en: 'A repeat of this test was asked for. Enter its value first.',
    hi: 'इस जाँच को दोहराने को कहा गया है। पहले उसका मान दर्ज करें।',
  },
  'result-withdrawn': { status: 409, en: 'This result was cancelled or withdrawn.', hi: 'यह परिणाम रद्द या वापस लिया गया है।' },
  'result-validated-already': {
    status: 409,
    en: 'This result is validated technically already. The pathologist comes next.',
    hi: 'इस परिणाम का तकनीकी सत्यापन हो चुका है। अब पैथोलॉजिस्ट।',
  },
  'result-not-technically-validated': {
    status: 409,
    en: 'The bench must validate this result first.',
    hi: 'पहले इस परिणाम का तकनीकी सत्यापन होना चाहिए।',
  },
  'validated-by-same-person': {
    status: 409,
    en: 'You validated this technically; somebody else must validate it medically.',
    hi: 'तकनीकी सत्यापन आपने किया है; चिकित्सकीय सत्यापन कोई और करे।',
  },
  'entered-by-same-person': {
    status: 409,
    en: 'You entered this value; somebody else must validate it.',
    hi: 'यह मान आपने दर्ज किया है; सत्यापन कोई और करे।',
  },
  'amend-same-value': { status: 422, en: 'The new value is the old one: nothing was amended.', hi: 'नया मान पुराना ही है: कुछ नहीं बदला।' },
  'call-not-open': {
    status: 409,
    en: 'No critical value of this test waits for a call.',
    hi: 'इस जाँच का कोई गंभीर मान सूचना के लिए बाक़ी नहीं।',
  },
  'call-closed': { status: 409, en: 'This call is closed already.', hi: 'यह सूचना पूरी हो चुकी है।' },
  'call-nobody-reached': {
    status: 409,
    en: 'Nobody was reached yet. Record who was told, their role, the time and that they read it back.',
    hi: 'अभी कोई नहीं मिला। दर्ज करें किसे बताया, उनकी भूमिका, समय और कि उन्होंने दोहराकर सुनाया।',
  },
  'call-not-read-back': {
    status: 409,
    en: 'The value was not read back. Ask the person to repeat it, and record the call again.',
    hi: 'मान दोहराकर नहीं सुनाया गया। उनसे दोहराने को कहें, और सूचना फिर दर्ज करें।',
  },
  'call-before-value': {
    status: 409,
    en: 'The recorded call is from before this value. Call again with the new value.',
    hi: 'दर्ज सूचना इस मान से पहले की है। नए मान की फिर सूचना दें।',
  },
  'told-name-needed': { status: 422, en: 'Type the name of the person who was told.', hi: 'जिसे बताया उनका नाम लिखें।' },
  'told-role-needed': {
    status: 422,
    en: 'Type the role of the person who was told, for example ward nurse.',
    hi: 'जिसे बताया उनकी भूमिका लिखें, जैसे वार्ड नर्स।',
  },
  'accession-or-order-needed': {
    status: 422,
    en: 'Say which tube or order: scan or type its number.',
    hi: 'बताएँ कौन सी ट्यूब या ऑर्डर: नंबर स्कैन करें या लिखें।',
  },
  'nothing-validated': {
    status: 409,
    en: 'Nothing on this order is validated medically yet.',
    hi: 'इस ऑर्डर में अभी कुछ चिकित्सकीय रूप से सत्यापित नहीं है।',
  },
  'report-released-already': {
    status: 409,
    en: 'Report {number} shows all of this already. Print it again from there.',
    hi: 'रिपोर्ट {number} में यह सब पहले से है। वहीं से फिर छापें।',
  },
} as const;
