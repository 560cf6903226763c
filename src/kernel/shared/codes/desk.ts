// Codes of a desk's own ground: the browser, its storage, its worker. What happened, that nothing was lost, and what to do.

export const DESK_CODES = {
  'desk-not-secure': {
    status: 503,
    en: 'This page was opened as http://{host}. A browser keeps and signs nothing on such an address, so this PC cannot work as a desk. Open it as https:// with the name on the hospital’s list. If the browser then warns, install the hospital certificate first: ask IT, or follow the page “Prepare this PC”. (IT: a browser policy for this address also works; http://localhost needs nothing.)',
    hi: 'यह पेज http://{host} के रूप में खोला गया है। ऐसे पते पर ब्राउज़र न कुछ रखता है न हस्ताक्षर करता है, इसलिए यह PC डेस्क का काम नहीं कर सकता। अस्पताल की सूची में दिए नाम से https:// खोलें। फिर चेतावनी आए तो पहले अस्पताल का प्रमाणपत्र डालें: IT से कहें, या “इस PC को तैयार करें” पेज देखें। (IT: इस पते के लिए ब्राउज़र नीति भी चलती है; http://localhost को कुछ नहीं चाहिए।)',
  },
  'desk-no-service-worker': {
    status: 503,
    en: 'This browser cannot open the desk without a network: service workers are off. Use a normal (not private) window of a current Chrome, Edge or Chromium, and trust the hospital certificate instead of clicking past the warning.',
    hi: 'यह ब्राउज़र बिना नेटवर्क के डेस्क नहीं खोल सकता: service worker बंद हैं। नए Chrome, Edge या Chromium की सामान्य (निजी नहीं) विंडो लें, और चेतावनी छोड़ने की जगह अस्पताल का प्रमाणपत्र डालें।',
  },
  'desk-no-storage': {
    status: 503,
    en: 'This browser gives the desk no place to keep its work. Use a normal (not private) window of a current Chrome, Edge or Chromium; if it is one, ask IT to allow site data for {host}.',
    hi: 'यह ब्राउज़र डेस्क को काम रखने की जगह नहीं देता। नए Chrome, Edge या Chromium की सामान्य (निजी नहीं) विंडो लें; वही हो तो IT से {host} के लिए site data की अनुमति माँगें।',
  },
  'desk-no-locks': {
    status: 503,
    en: 'This browser cannot keep two tabs apart (Web Locks are missing). Update the browser.',
    hi: 'यह ब्राउज़र दो टैब को अलग नहीं रख सकता (Web Locks नहीं हैं)। ब्राउज़र नया करें।',
  },
  'desk-no-crypto': {
    status: 503,
    en: 'This browser cannot sign (Ed25519 is missing). Update the browser: Chrome, Edge or Chromium 137 or later.',
    hi: 'यह ब्राउज़र हस्ताक्षर नहीं कर सकता (Ed25519 नहीं है)। ब्राउज़र नया करें: Chrome, Edge या Chromium 137 या बाद का।',
  },
  'desk-no-workers': {
    status: 503,
    en: 'This browser cannot run the desk in the background (workers are missing). Update the browser.',
    hi: 'यह ब्राउज़र डेस्क को पीछे नहीं चला सकता (workers नहीं हैं)। ब्राउज़र नया करें।',
  },
  'desk-fault': {
    status: 500,
    en: 'A fault in the program. Nothing that was saved is lost. Try again; if it stays, reload the page and tell IT what you did.',
    hi: 'प्रोग्राम में गड़बड़ी। सहेजा हुआ कुछ नहीं खोया। फिर कोशिश करें; न हो तो पेज दोबारा खोलें और IT को बताएँ कि आपने क्या किया।',
  },
  'storage-full': {
    status: 507,
    en: 'This PC is full. The last entry was NOT saved; all earlier ones are. Make room on this PC or work at another desk; then save again.',
    hi: 'यह PC भर गया है। पिछली प्रविष्टि सहेजी नहीं गई; उससे पहले की सब सहेजी हैं। इस PC पर जगह बनाएँ या दूसरे डेस्क पर काम करें; फिर सहेजें।',
  },
  'storage-read-only': {
    status: 503,
    en: 'This PC does not let the desk write. The entry was NOT saved. Work at another desk and tell IT.',
    hi: 'यह PC डेस्क को लिखने नहीं दे रहा। प्रविष्टि सहेजी नहीं गई। दूसरे डेस्क पर काम करें और IT को बताएँ।',
  },
  'storage-io': {
    status: 503,
    en: 'The disk of this PC did not do what it was asked. Nothing was deleted. Try again; if it stays, work at another desk and tell IT.',
    hi: 'इस PC की डिस्क ने कहा हुआ नहीं किया। कुछ मिटाया नहीं गया। फिर कोशिश करें; न हो तो दूसरे डेस्क पर काम करें और IT को बताएँ।',
  },
  'storage-newer-format': {
    status: 503,
    en: 'The work on this PC was written by a newer version of this program. It is kept and not touched. Reload to get the newer version.',
    hi: 'इस PC का काम इस प्रोग्राम के नए संस्करण ने लिखा है। वह सुरक्षित है और छुआ नहीं गया। नया संस्करण पाने के लिए पेज दोबारा खोलें।',
  },
  'storage-locked': {
    status: 503,
    en: 'Another window or program holds the storage of this desk. It is tried again by itself; nothing is lost. If it stays, close other windows of this desk.',
    hi: 'दूसरी विंडो या प्रोग्राम ने इस डेस्क का भंडार पकड़ रखा है। अपने-आप फिर कोशिश होती है; कुछ नहीं खोया। न हो तो इस डेस्क की दूसरी विंडो बंद करें।',
  },
  'storage-gone': {
    status: 503,
    en: 'The storage of this desk is not there just now. It is tried again by itself. If it stays, tell IT before anything is reinstalled.',
    hi: 'इस डेस्क का भंडार अभी नहीं मिल रहा। अपने-आप फिर कोशिश होती है। न हो तो कुछ भी दोबारा डालने से पहले IT को बताएँ।',
  },
  'storage-damaged': {
    status: 500,
    en: 'Part of what this PC holds does not read back as it was written. It is kept as it is. Work at another desk and tell IT: hubs have what was sent.',
    hi: 'इस PC पर रखा कुछ हिस्सा वैसा नहीं पढ़ा जा रहा जैसा लिखा गया था। उसे वैसे ही रखा गया है। दूसरे डेस्क पर काम करें और IT को बताएँ: भेजा हुआ हब के पास है।',
  },
  'storage-nearly-full': {
    status: 507,
    en: 'This PC is nearly full: less than 200 MB are left for the desk. Ask IT to make room today.',
    hi: 'यह PC लगभग भर गया है: डेस्क के लिए 200 MB से कम बचा है। IT से आज ही जगह बनवाएँ।',
  },
  'storage-not-kept': {
    status: 503,
    en: 'The browser has not promised to keep this desk’s work when the disk runs full. Install the app (menu: Install Nirantar) or bookmark this page, and keep at least 5 GB free. Until a hub confirms an entry, its only copy is on this PC.',
    hi: 'डिस्क भरने पर इस डेस्क का काम रखने का वादा ब्राउज़र ने नहीं किया है। ऐप डालें (मेन्यू: Install Nirantar) या पेज को bookmark करें, और कम से कम 5 GB खाली रखें। जब तक हब पुष्टि न करे, प्रविष्टि की एकमात्र प्रति इसी PC पर है।',
  },
  'storage-not-kept-installed': {
    status: 503,
    en: 'The browser has not promised to keep this desk’s work, although the app is installed. Keep at least 5 GB free, and ask IT to set the policy that keeps site data of this address. Until a hub confirms an entry, its only copy is on this PC.',
    hi: 'ऐप डला होने पर भी ब्राउज़र ने इस डेस्क का काम रखने का वादा नहीं किया है। कम से कम 5 GB खाली रखें, और IT से इस पते का site data रखने की नीति लगवाएँ। जब तक हब पुष्टि न करे, प्रविष्टि की एकमात्र प्रति इसी PC पर है।',
  },
} as const;
