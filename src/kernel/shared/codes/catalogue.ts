// Codes of a catalogue file that is imported: which row, what is wrong, what to type.

export const CATALOGUE_CODES = {
  'csv-empty': {
    status: 422,
    en: 'The file is empty. Choose the CSV file of the test catalogue.',
    hi: 'फ़ाइल ख़ाली है। जाँच-सूची की CSV फ़ाइल चुनें।',
  },
  'csv-too-large': {
    status: 422,
    en: 'The file has more than {rows} rows. A test catalogue is smaller: look whether it is the right file.',
    hi: 'फ़ाइल में {rows} से ज़्यादा पंक्तियाँ हैं। जाँच-सूची छोटी होती है: देखें कि फ़ाइल सही है।',
  },
  'csv-quote-open': {
    status: 422,
    en: 'Row {row}: a quotation mark is opened and never closed.',
    hi: 'पंक्ति {row}: उद्धरण चिह्न खुला है, बंद नहीं हुआ।',
  },
  'csv-column-missing': { status: 422, en: 'The column {column} is missing in the first row.', hi: 'पहली पंक्ति में {column} स्तंभ नहीं है।' },
  'csv-cells': {
    status: 422,
    en: 'Row {row} has {cells} cells, the first row {expected}. Look for a comma too many or too few.',
    hi: 'पंक्ति {row} में {cells} खाने हैं, पहली में {expected}। अल्पविराम ज़्यादा या कम तो नहीं, देखें।',
  },
  'csv-value': { status: 422, en: 'Row {row}, column {column}: {expected}.', hi: 'पंक्ति {row}, स्तंभ {column}: {expected}।' },
  'csv-differs': {
    status: 422,
    en: 'Row {row}: {column} of {test} differs from row {other}. One test has one {column}.',
    hi: 'पंक्ति {row}: {test} का {column} पंक्ति {other} से अलग है। एक जाँच का एक ही {column} होता है।',
  },
  'csv-container': {
    status: 422,
    en: 'Row {row}: the container is not known. Define it first, or write its code.',
    hi: 'पंक्ति {row}: यह ट्यूब या बर्तन ज्ञात नहीं। पहले उसे तय करें, या उसका कोड लिखें।',
  },
} as const;
