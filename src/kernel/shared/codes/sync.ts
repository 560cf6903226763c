// Codes of the replication endpoint: what a hub answers to a peer whose message it cannot take.
const DAMAGED_HI = 'भेजे गए कमिट रास्ते में बिगड़ गए। कुछ सहेजा नहीं गया; उन्हें फिर भेजें।';
export const SYNC_CODES = {
  'sync-malformed': {
    status: 400,
    en: 'The hub cannot read this message. Update the program of the older of the two, or read its description at /api/docs.',
    hi: 'हब यह संदेश पढ़ नहीं सकता। दोनों में से पुराने प्रोग्राम को अपडेट करें।',
  },
  'sync-protocol': {
    status: 400,
    en: 'The two programs speak different versions of replication. Update the older one; work goes on meanwhile.',
    hi: 'दोनों प्रोग्राम अलग संस्करण के हैं। पुराने को अपडेट करें; तब तक काम चलता रहेगा।',
  },
  'sync-nonce': {
    status: 401,
    en: 'The greeting is too old or was used. Greet the hub again.',
    hi: 'अभिवादन पुराना है या काम में आ चुका है। हब से फिर शुरू करें।',
  },
  'sync-proof': {
    status: 403,
    en: 'The device did not prove its key. Greet the hub again; if it stays so, enrol the device anew.',
    hi: 'यंत्र ने अपनी कुंजी सिद्ध नहीं की। फिर शुरू करें; ऐसा ही रहे तो नामांकन फिर करें।',
  },
  'sync-session-unknown': {
    status: 401,
    en: 'The hub does not know this session. Greet it again; nothing is lost.',
    hi: 'हब इस सत्र को नहीं जानता। फिर शुरू करें; कुछ खोया नहीं है।',
  },
  'sync-cursor': {
    status: 400,
    en: 'This place is not in the hub’s log: it was restored. Ask for its state and begin again from there.',
    hi: 'यह स्थान हब के लेखे में नहीं है: वह पुनःस्थापित हुआ है। उसकी स्थिति पूछकर वहीं से शुरू करें।',
  },
  'scope-not-for-desks': {
    status: 403,
    en: 'A desk gets the patients that it serves, not everything and not who looked at what. Ask for a desk’s scope.',
    hi: 'डेस्क को उसके मरीज़ मिलते हैं, सब कुछ नहीं, और यह नहीं कि किसने क्या देखा। डेस्क का दायरा माँगें।',
  },
  'sync-verb-unknown': {
    status: 404,
    en: 'This hub has no such replication call. Update the older program.',
    hi: 'इस हब में ऐसी कोई पुकार नहीं है। पुराने प्रोग्राम को अपडेट करें।',
  },
  'sync-too-large': {
    status: 413,
    en: 'This is more than one exchange carries. Send it in smaller pieces.',
    hi: 'यह एक बार की सीमा से बड़ा है। छोटे टुकड़ों में भेजें।',
  },
  'wire-head': { status: 400, en: 'This is not a stream of commits. Nothing was saved.', hi: 'यह कमिट की धारा नहीं है। कुछ सहेजा नहीं गया।' },
  'wire-newer': {
    status: 400,
    en: 'These commits were framed by a newer program. Update this one; nothing was saved.',
    hi: 'ये कमिट नए प्रोग्राम के हैं। इस प्रोग्राम को अपडेट करें; कुछ सहेजा नहीं गया।',
  },
  'wire-torn': { status: 400, en: 'The commits broke off on their way. Nothing was saved; send them again.', hi: DAMAGED_HI },
  'wire-damaged': { status: 400, en: 'The commits were damaged on their way. Nothing was saved; send them again.', hi: DAMAGED_HI },
} as const;
