// The preset dictionaries of paper: what bodies usually say, so that it need not be printed each time.
// A dictionary is never edited once released: paper lasts for decades. A new one gets the next number, the old ones stay.

/** Rarely used words first, the most usual last (deflate spells near ones in fewer bits). Hash fixed by a test. */
const DICTIONARY_1 = [
  '{"on":"sodium potassium chloride creatinine urea glucose bilirubin albumin haemoglobin platelets',
  '"ifcc","kg","mg/dL","mmol/L","g/dL","U/L","fL","pg","%","10*3/uL","10*6/uL","10*9/L",',
  '"haemolysed","clotted","unlabelled","mislabelled","insufficient",',
  '"daughterOf","wifeOf","sonOf","motherOf","guardianOf","brotherOf",',
  '"New Delhi","Delhi","Uttar Pradesh","Bihar","Haryana","Rajasthan","Madhya Pradesh","Uttarakhand","Punjab","Jharkhand",',
  '"Kumar","Kumari","Singh","Devi","Sharma","Yadav","Gupta","Verma","Khan","Begum","Bano","Lal","Ram","Prasad","Sunita","Ramesh","Rajesh","Suresh","Anita","Geeta","Mohammad","Abdul",',
  'ा देवी कुमार सिंह यादव शर्मा खान राम लाल प्रसाद',
  '"emergency","inpatient","outpatient","routine","urgent","stat","general","paid","bpl","staff","pmjay","unknown","transgender","other",',
  '"CREA","UREA","NA","K","CL","GLU","TBIL","DBIL","ALT","AST","ALP","ALB","TP","CA","PHOS","UA","TSH","PT","INR","APTT","WBC","RBC","HCT","MCV","MCH","MCHC","PLT","HGB","CBC",',
  '"serum","plasma","urine","edta","edta-3ml","edta-2ml","sst","sst-5ml","citrate","fluoride","plain","gel","lavender","red","blue","grey","blood","whole-blood",',
  '"type":"ResultAmended","v":1,"data":{"reason":"","old":{"value":',
  '"type":"ReportReleased","v":1,"data":{"report":"8","results":[',
  '"type":"ResultMedicallyValidated","data":{},"after":["',
  '"type":"ResultTechnicallyValidated","data":{},"after":["',
  '"type":"CriticalValueCalled","data":{"told":"","role":"","readBack":true,"at":',
  '"type":"ResultEntered","data":{"specimen":"specimen/","test":"PLT","analyte":"","value":"","unit":"10*9/L","comparator":"","source":"manual","flags":[],"range":{"low":,"high":},"evaluated":true,',
  '"type":"SpecimenRejected","data":{"reason":"","by":"user/","recollect":true},"after":["',
  '"type":"SpecimenReceived","data":{"condition":"good","at":"","receivedAt":17},"after":["',
  '"type":"SpecimenAccepted","data":{},"after":["',
  '"type":"SpecimenCollected","data":{"collectedAt":17,"collector":"user/","identifiedBy":["uhid","name"],"site":""},"after":["',
  '"type":"SpecimenLabelPrinted","data":{"copies":1},"after":["',
  '"type":"SpecimenPlanned","data":{"accession":"2000","order":"order/","patient":"patient/","container":"edta","tests":["',
  '"type":"AllergyRecorded","data":{"substance":"","reaction":"","severity":""},"type":"AlertRecorded","data":{"text":"","allergies":"notAsked","alerts":"notAsked"',
  '"type":"TestOrdered","data":{"order":"order/","test":"","specimen":"specimen/"}},{"stream":"order-item/',
  '"type":"OrderPlaced","data":{"number":"4000","patient":"patient/","visit":"visit/","priority":"routine","tests":["PLT","HGB"],"specimens":["specimen/","department":"department/","note":"","clinicalNote":"',
  '"type":"VisitStarted","v":1,"data":{"number":"3000","patient":"patient/","department":"department/","unit":"","room":"","kind":"outpatient","class":"opd","category":"general","startedAt":17,"token":"',
  '"type":"PatientRegistered","v":1,"data":{"uhid":"1000","number":"1000","name":{"latin":"","devanagari":"","asTold":""},"sex":"male","sex":"female","age":{"years":,"months":,"days":,"value":,"unit":"years","precision":"years","toldOn":"2026-","asOf":"2026-"},"birthDate":"19","birthDate":"20","relation":{"kind":"sonOf","type":"S/O","name":""},"phone":"9","phone":"8","phone":"7","address":{"line":"","village":"","district":"","state":"","pincode":"1"},"language":"hi","language":"en","unknown":true,"temporaryName":"","aliases":[',
  '"do":"amendResult","do":"releaseReport","do":"validateResult","do":"enterResult","do":"rejectSpecimen","do":"receiveSpecimen","do":"collectSpecimen","do":"placeOrder","do":"startVisit","do":"registerPatient","do":"registerVisitAndOrder",',
  '"role":"registration-clerk","role":"phlebotomist","role":"lab-technician","role":"pathologist","role":"doctor","role":"nurse",',
  '"occurredAt":17,"onBehalfOf":"user/","after":["',
  '"]},{"stream":"patient/","type":"","data":{"stream":"visit/","type":"","data":{"stream":"order/","type":"","data":{"stream":"specimen/","type":"","data":{"stream":"result/","type":"","data":{',
  '"}},{"stream":"specimen/","type":"Specimen"}},{"stream":"order/","type":"Order"}},{"stream":"visit/","type":"Visit"',
  '{"salt":"","command":"","do":"","user":"user/","session":"","trust":[["",1],["",2]],"events":[{"stream":"patient/","type":"Patient","data":{"',
].join('');

/** Deflate looks back 32 kB at most; a dictionary of a few kB is quick to load for each sheet. */
export const DICTIONARIES: ReadonlyMap<number, Uint8Array> = new Map([[1, new TextEncoder().encode(DICTIONARY_1)]]);
export const NEWEST_DICTIONARY = 1;
