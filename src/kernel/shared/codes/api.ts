// Codes of the machine interface: what is wrong with a request itself, before any rule of the hospital is asked.

export const API_CODES = {
  'api-path-unknown': {
    status: 404,
    en: 'There is nothing at this address. See /api/docs for all addresses.',
    hi: 'इस पते पर कुछ नहीं है। सभी पते /api/docs पर देखें।',
  },
  'api-method-unknown': {
    status: 405,
    en: 'This address does not take this method. It takes: {allowed}.',
    hi: 'यह पता इस विधि को नहीं लेता। यह लेता है: {allowed}।',
  },
  'api-command-unknown': {
    status: 404,
    en: 'There is no command of this name. See /api/docs for all names.',
    hi: 'इस नाम का कोई आदेश नहीं है। सभी नाम /api/docs पर देखें।',
  },
  'api-query-unknown': {
    status: 404,
    en: 'There is no query of this name. See /api/docs for all names.',
    hi: 'इस नाम की कोई सूची नहीं है। सभी नाम /api/docs पर देखें।',
  },
  'api-content-type': {
    status: 415,
    en: 'Send JSON, with the header Content-Type: application/json.',
    hi: 'JSON भेजें, शीर्षक Content-Type: application/json के साथ।',
  },
  'api-body-too-large': {
    status: 413,
    en: 'The request is larger than {limitBytes} bytes. Send less at once.',
    hi: 'अनुरोध {limitBytes} बाइट से बड़ा है। एक बार में कम भेजें।',
  },
  'api-body-broken': {
    status: 400,
    en: 'The request broke off before its end. Send it again.',
    hi: 'अनुरोध बीच में टूट गया। फिर से भेजें।',
  },
  'api-json-invalid': {
    status: 400,
    en: 'The text is not valid JSON in UTF-8. Mend it and send it again.',
    hi: 'यह UTF-8 में सही JSON नहीं है। सुधारकर फिर भेजें।',
  },
  'api-json-too-deep': {
    status: 400,
    en: 'The JSON is nested deeper than {limit} levels. Send it flatter.',
    hi: 'JSON {limit} से अधिक स्तर गहरा है। कम स्तरों में भेजें।',
  },
  'api-parameter-invalid': {
    status: 400,
    en: 'A parameter in the address is not of the kind that the query needs. See /api/docs, or send the input as JSON.',
    hi: 'पते का एक पैरामीटर सही प्रकार का नहीं है। /api/docs देखें, या इनपुट JSON में भेजें।',
  },
  'api-key-invalid': {
    status: 400,
    en: 'The header Idempotency-Key must be 1 to 64 letters, digits, hyphens or underscores.',
    hi: 'शीर्षक Idempotency-Key में 1 से 64 अक्षर, अंक, हाइफ़न या अंडरस्कोर होने चाहिए।',
  },
  'api-sign-in-shape': {
    status: 400,
    en: 'Send the user and the password, each as text.',
    hi: 'उपयोगकर्ता और पासवर्ड, दोनों पाठ के रूप में भेजें।',
  },
  'api-session-missing': {
    status: 401,
    en: 'Sign in first, and send the header Authorization: Bearer with the token.',
    hi: 'पहले साइन इन करें, और शीर्षक Authorization: Bearer के साथ टोकन भेजें।',
  },
  'api-session-ended': {
    status: 401,
    en: 'This session has ended or is not known here. Sign in again.',
    hi: 'यह सत्र समाप्त हो गया है या यहाँ अज्ञात है। फिर से साइन इन करें।',
  },
  'api-storage-failed': {
    status: 503,
    en: 'This hub cannot save just now. Nothing was done. Use another hub or work on the desk; tell IT.',
    hi: 'यह हब अभी सहेज नहीं पा रहा। कुछ नहीं किया गया। दूसरा हब लें या डेस्क पर काम करें; आईटी को बताएं।',
  },
  'api-outcome-unknown': {
    status: 503,
    en: 'This hub cannot say whether it was done. Send the same request again with the same Idempotency-Key.',
    hi: 'यह हब नहीं बता सकता कि काम हुआ या नहीं। वही अनुरोध उसी Idempotency-Key के साथ फिर भेजें।',
  },
  'api-failed': {
    status: 500,
    en: 'Something went wrong in this program. Tell IT the request id; try another hub or work on the desk.',
    hi: 'इस प्रोग्राम में कुछ गड़बड़ हुई। आईटी को अनुरोध आईडी बताएं; दूसरा हब लें या डेस्क पर काम करें।',
  },
  'api-not-ready': {
    status: 503,
    en: 'This hub is starting or catching up. Try again in {seconds} seconds or use another hub.',
    hi: 'यह हब शुरू हो रहा है या बराबर आ रहा है। {seconds} सेकंड बाद फिर कोशिश करें या दूसरा हब लें।',
  },
} as const;
