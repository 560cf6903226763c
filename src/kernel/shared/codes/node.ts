// Codes of the programs on a node: the headless desk's lines and what the disk of the place refuses.

export const NODE_CODES = {
  'tls-authority-none': {
    status: 404,
    en: 'This hub cannot make certificates for others. Ask another hub of the hospital, best the first one.',
    hi: 'यह हब दूसरों के लिए प्रमाणपत्र नहीं बना सकता। अस्पताल के दूसरे हब से लें, सबसे अच्छा पहले हब से।',
  },
  'tls-authority-hubs-only': {
    status: 403,
    en: 'Only a hub may have an authority of its own. A desk needs none: it trusts the hospital root.',
    hi: 'केवल हब का अपना प्रमाणपत्र-अधिकार हो सकता है। डेस्क को नहीं चाहिए: वह अस्पताल के मूल प्रमाणपत्र पर भरोसा करती है।',
  },
  'tls-root-unproved': {
    status: 403,
    en: 'The certificate that {hub} shows is not of the hospital that the invite names. Check the address; if it is right, somebody stands between.',
    hi: '{hub} का प्रमाणपत्र उस अस्पताल का नहीं है जो आमंत्रण में है। पता जाँचें; सही हो तो बीच में कोई और है।',
  },
  'hub-not-proved': {
    status: 403,
    en: 'What answered did not prove that it is a hub of this hospital. Check the address and tell hospital IT.',
    hi: 'उत्तर देने वाले ने सिद्ध नहीं किया कि वह इस अस्पताल का हब है। पता जाँचें और आई.टी. को बताएँ।',
  },
  'line-not-json': {
    status: 400,
    en: 'The line is not JSON. Send one JSON object per line, in UTF-8, ended by a line feed.',
    hi: 'पंक्ति JSON नहीं है। हर पंक्ति में एक JSON ऑब्जेक्ट भेजें, UTF-8 में, अंत में नई पंक्ति।',
  },
  'line-not-object': {
    status: 400,
    en: 'The line is JSON but no object. Send an object with an id, for example {"id":1,"help":true}.',
    hi: 'पंक्ति JSON है पर ऑब्जेक्ट नहीं। id वाला ऑब्जेक्ट भेजें, जैसे {"id":1,"help":true}।',
  },
  'line-without-id': {
    status: 400,
    en: 'The object has no id. Add "id" with a number or a text of at most {limit} characters: the answer carries it.',
    hi: 'ऑब्जेक्ट में id नहीं है। "id" में संख्या या अधिकतम {limit} अक्षर का पाठ जोड़ें: उत्तर में वही आता है।',
  },
  'line-too-long': {
    status: 413,
    en: 'The line is longer than {limit} bytes and was skipped. Send less in one line.',
    hi: 'पंक्ति {limit} बाइट से लंबी है और छोड़ दी गई। एक पंक्ति में कम भेजें।',
  },
  'internal-error': {
    status: 500,
    en: 'The program found a mistake of its own. Nothing was half done. It is in the log under {reference}; ask again, or tell IT this reference.',
    hi: 'प्रोग्राम को अपनी ही गलती मिली। कुछ भी आधा नहीं हुआ। लॉग में संदर्भ {reference} है; फिर पूछें या IT को यह संदर्भ बताएँ।',
  },
  'storage-disk-full': {
    status: 507,
    en: 'The disk is full, so this was not saved. Free some space and try again; what was saved before is safe.',
    hi: 'डिस्क भर गई है, इसलिए यह सहेजा नहीं गया। जगह खाली करें और फिर कोशिश करें; पहले सहेजा हुआ सुरक्षित है।',
  },
  'storage-read-only': {
    status: 503,
    en: 'The disk cannot be written, so this was not saved. Check the disk and the rights of the user that runs Nirantar.',
    hi: 'डिस्क पर लिखा नहीं जा सकता, इसलिए यह सहेजा नहीं गया। डिस्क और Nirantar चलाने वाले उपयोगकर्ता के अधिकार जाँचें।',
  },
  'storage-io': {
    status: 503,
    en: 'The disk reported an error. Try again; if it stays, work at another desk and tell IT.',
    hi: 'डिस्क ने त्रुटि बताई। फिर कोशिश करें; बनी रहे तो दूसरे डेस्क पर काम करें और IT को बताएँ।',
  },
  'storage-damaged': {
    status: 503,
    en: 'Something on the disk is damaged. What can be rebuilt is being rebuilt from the journal; try again in a moment.',
    hi: 'डिस्क पर कुछ खराब है। जो फिर बन सकता है, जर्नल से बनाया जा रहा है; थोड़ी देर में फिर कोशिश करें।',
  },
  'storage-newer-format': {
    status: 503,
    en: 'The data was written by a newer version of Nirantar. Update this program; it changes nothing here.',
    hi: 'डेटा Nirantar के नए संस्करण ने लिखा है। यह प्रोग्राम अपडेट करें; यहाँ कुछ बदला नहीं जाता।',
  },
  'storage-locked': {
    status: 503,
    en: 'Another process uses this folder. Stop it, or use another folder.',
    hi: 'कोई दूसरी प्रक्रिया यह फ़ोल्डर इस्तेमाल कर रही है। उसे रोकें या दूसरा फ़ोल्डर लें।',
  },
  'storage-gone': {
    status: 503,
    en: 'The folder is not there any more. Is the disk still connected?',
    hi: 'फ़ोल्डर अब वहाँ नहीं है। क्या डिस्क जुड़ी हुई है?',
  },
} as const;
