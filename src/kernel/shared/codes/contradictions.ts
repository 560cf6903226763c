// Codes of contradictions: what two people who did not know of each other said. Both facts are kept; the sentence says what to do.

export const CONTRADICTION_CODES = {
  'event-set-aside': {
    status: 409,
    en: 'An entry ({type}) does not count: {why}. Review it; the work of others stands.',
    hi: 'एक प्रविष्टि ({type}) नहीं गिनी जाती: {why}। देखें; दूसरों का काम बना है।',
  },
  'event-not-understood': {
    status: 409,
    en: 'An entry ({type}, version {v}) is from a newer program. It is kept and counts after the update.',
    hi: 'एक प्रविष्टि ({type}, संस्करण {v}) नए प्रोग्राम की है। रखी गई है और अपडेट के बाद गिनी जाएगी।',
  },
  'patient-corrected-differently': {
    status: 409,
    en: 'Two people corrected this patient differently ({field}). Ask the patient and correct it once more.',
    hi: 'दो लोगों ने मरीज़ का विवरण ({field}) अलग सुधारा। मरीज़ से पूछकर फिर सुधारें।',
  },
  'patient-linked-differently': {
    status: 409,
    en: 'This record was linked into two different ones. Compare all three and take the wrong link back.',
    hi: 'यह रिकॉर्ड दो अलग रिकॉर्ड में जोड़ा गया। तीनों मिलाएँ और ग़लत जोड़ वापस लें।',
  },
  'patient-stream-begun-twice': {
    status: 409,
    en: 'One record was begun twice with different numbers. Both numbers are kept; compare them with the papers.',
    hi: 'एक रिकॉर्ड अलग नंबरों से दो बार बना। दोनों नंबर रखे हैं; काग़ज़ से मिलाएँ।',
  },
  'allergy-recorded-differently': {
    status: 409,
    en: 'One person recorded an allergy, another that none is known. The allergy counts until the patient was asked again.',
    hi: 'एक ने एलर्जी दर्ज की, दूसरे ने “कोई नहीं”। मरीज़ से फिर पूछने तक एलर्जी मानी जाएगी।',
  },
  'order-cancelled-and-added-to': {
    status: 409,
    en: 'A test was added to an order that somebody else cancelled. Ask the department whether it is wanted.',
    hi: 'जिस ऑर्डर को एक ने रद्द किया, उसमें दूसरे ने जाँच जोड़ी। विभाग से पूछें कि चाहिए या नहीं।',
  },
  'accession-used-twice': {
    status: 409,
    en: 'Two tubes bear this number: a PC was copied or restored. Put both tubes aside, take new blood, and tell IT.',
    hi: 'दो ट्यूबों पर यही नंबर है: किसी PC की नक़ल हुई है। दोनों ट्यूब अलग रखें, नया नमूना लें, IT को बताएँ।',
  },
  'cancel-requested-specimen-taken': {
    status: 409,
    en: 'Cancel requested, specimen received. The tube is there: ask the department whether to test it or throw it away.',
    hi: 'रद्द करने को कहा गया, नमूना आ गया। ट्यूब मौजूद है: विभाग से पूछें कि जाँच करें या फेंकें।',
  },
  'specimen-collected-twice': {
    status: 409,
    en: 'Two people say that they collected this tube. Look whether there are two tubes with one number.',
    hi: 'दो लोगों ने यह ट्यूब लेना दर्ज किया। देखें कि एक नंबर की दो ट्यूबें तो नहीं।',
  },
  'not-collected-and-collected': {
    status: 409,
    en: 'One person says not collected, another collected. The tube counts as collected.',
    hi: 'एक ने “नहीं लिया” कहा, दूसरे ने “लिया”। ट्यूब ली हुई मानी जाएगी।',
  },
  'specimen-received-twice': {
    status: 409,
    en: 'Two places received this tube. Look where it is, and whether there are two tubes with one number.',
    hi: 'यह ट्यूब दो जगह प्राप्त हुई। देखें कि कहाँ है, और एक नंबर की दो तो नहीं।',
  },
  'specimen-linked-differently': {
    status: 409,
    en: 'This tube was given to two different patients. Report nothing from it; take new blood if it cannot be proved.',
    hi: 'यह ट्यूब दो अलग मरीज़ों की बताई गई। इससे कुछ रिपोर्ट न करें; साबित न हो तो नया नमूना लें।',
  },
  'specimen-rejected-twice': {
    status: 409,
    en: 'This tube was rejected twice with different reasons. It stays rejected.',
    hi: 'यह ट्यूब अलग कारणों से दो बार अस्वीकार हुई। अस्वीकृत ही रहेगी।',
  },
  'specimen-recollected-twice': {
    status: 409,
    en: 'Two new tubes were asked for in place of one. Cancel the one that was not taken yet.',
    hi: 'एक की जगह दो नई ट्यूबें माँगी गईं। जो नहीं ली गई उसे रद्द करें।',
  },
  'result-entered-twice': {
    status: 409,
    en: 'Two people entered different values for this test. Both are kept; choose one with a reason, or repeat the test.',
    hi: 'दो लोगों ने इस जाँच के अलग मान दर्ज किए। दोनों रखे हैं; कारण के साथ एक चुनें, या दोहराएँ।',
  },
  'result-amended-twice': {
    status: 409,
    en: 'Two people amended this result differently. Choose one with a reason, and tell whoever read the other.',
    hi: 'दो लोगों ने यह परिणाम अलग संशोधित किया। कारण के साथ एक चुनें, और जिसने दूसरा पढ़ा उन्हें बताएँ।',
  },
  'result-validated-and-reentered': {
    status: 409,
    en: 'One person validated a value while another entered a different one. Choose which stands before anybody acts on it.',
    hi: 'एक ने मान सत्यापित किया, तभी दूसरे ने अलग मान दर्ज किया। कोई कदम उठाने से पहले तय करें कौन सा रहेगा।',
  },
  'result-validated-twice': {
    status: 409,
    en: 'Two people validated different values of this test. Choose which stands.',
    hi: 'दो लोगों ने इस जाँच के अलग मान सत्यापित किए। तय करें कौन सा रहेगा।',
  },
  'repeat-asked-and-validated': {
    status: 409,
    en: 'One person asked for a repeat, another validated the value. Look whether the repeat is still wanted.',
    hi: 'एक ने दोहराने को कहा, दूसरे ने मान सत्यापित किया। देखें कि दोहराना अब भी चाहिए या नहीं।',
  },
  'test-cancelled-and-resulted': {
    status: 409,
    en: 'The test was cancelled here and measured there. The value is kept; decide whether it is reported.',
    hi: 'जाँच यहाँ रद्द हुई और वहाँ की गई। मान रखा है; तय करें कि रिपोर्ट हो या नहीं।',
  },
  'report-released-twice': {
    status: 409,
    en: 'Two places released different reports of one order. Both papers exist: tell the reader which one counts.',
    hi: 'एक ऑर्डर की दो जगह से अलग रिपोर्टें निकलीं। दोनों काग़ज़ मौजूद हैं: पढ़ने वाले को बताएँ कौन सी सही है।',
  },
  'report-released-and-corrected': {
    status: 409,
    en: 'A report was released while another place corrected it. Tell whoever holds the older paper.',
    hi: 'एक जगह रिपोर्ट जारी हुई, दूसरी जगह सुधारी गई। जिसके पास पुराना काग़ज़ है उन्हें बताएँ।',
  },
  'user-created-twice': {
    status: 409,
    en: 'Two hubs made a user with this login. The first one counts; make another login for the second person.',
    hi: 'दो हबों ने इस लॉगिन से उपयोगकर्ता बनाया। पहला मान्य है; दूसरे व्यक्ति का अलग लॉगिन बनाएँ।',
  },
  'device-enrolled-twice': {
    status: 409,
    en: 'Two hubs enrolled this device. Look whether it was copied, and revoke the copy.',
    hi: 'दो हबों ने यह उपकरण जोड़ा। देखें कि इसकी नक़ल तो नहीं, और नक़ल को निरस्त करें।',
  },
  'check-settled-differently': {
    status: 409,
    en: 'Two people settled this check differently. Agree, and settle it once more.',
    hi: 'दो लोगों ने यह बात अलग सुलझाई। सहमत होकर एक बार फिर सुलझाएँ।',
  },
  'check-patient-registered-twice': {
    status: 409,
    en: 'These two records may be one person. Compare name, age, relation and phone; ask the patient when they come.',
    hi: 'ये दो रिकॉर्ड एक ही व्यक्ति के हो सकते हैं। नाम, उम्र, रिश्ता और फ़ोन मिलाएँ; मरीज़ आए तो पूछें।',
  },
  'check-number-on-two-streams': {
    status: 409,
    en: 'One number is on two records. Never merge by number: compare the papers, and tell IT, because a PC may have been copied.',
    hi: 'एक नंबर दो रिकॉर्ड पर है। नंबर देखकर न जोड़ें: काग़ज़ मिलाएँ, और IT को बताएँ, क्योंकि किसी PC की नक़ल हुई हो सकती है।',
  },
  'check-order-cancelled-tube-received': {
    status: 409,
    en: 'The order was cancelled, and a tube of it was taken. Ask the department whether to test it.',
    hi: 'ऑर्डर रद्द हुआ, पर उसकी ट्यूब ली जा चुकी है। विभाग से पूछें कि जाँच करें या नहीं।',
  },
  'check-report-older-than-result': {
    status: 409,
    en: 'The released report shows an older value than the result has now. Release it again, and tell whoever read the old one.',
    hi: 'जारी रिपोर्ट में परिणाम का पुराना मान है। फिर जारी करें, और जिसने पुराना पढ़ा उन्हें बताएँ।',
  },
  'check-record-elsewhere-arrived': {
    status: 409,
    en: 'A card was accepted as told, and its record has arrived. Compare both, and link the card to the record.',
    hi: 'एक कार्ड बताए अनुसार मान्य हुआ था, अब उसका रिकॉर्ड आ गया है। दोनों मिलाएँ, और कार्ड को रिकॉर्ड से जोड़ें।',
  },
  'check-rejected-specimen-has-result': {
    status: 409,
    en: 'The tube was rejected, and a result of it is final. Decide whether the result stands.',
    hi: 'ट्यूब अस्वीकार हुई, पर उसका परिणाम अंतिम है। तय करें कि परिणाम रहेगा या नहीं।',
  },
  'check-range-on-two-devices': {
    status: 409,
    en: 'Two devices hold the same number range: a hub was copied. Close the range on both, and give each a new one.',
    hi: 'दो उपकरणों के पास एक ही नंबर-सीमा है: किसी हब की नक़ल हुई है। दोनों पर बंद करें, और नई दें।',
  },
} as const;
