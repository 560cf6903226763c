// The preset dictionaries of paper: what bodies usually say, so that it need not be printed each time.
// A dictionary is never edited once released: paper lasts for decades. A new one gets the next number, the old ones stay.

/** Rarely used words first, the most usual last (deflate spells near ones in fewer bits). Hash fixed by a test. */
const DICTIONARY_1 = [
  '"mm[Hg]","mm/h","IU/mL","ng/mL","pg/mL","mEq/L","[pH]","INR","10*6/uL","fL","pg","s","%","mmol/L","U/L","g/dL","mg/dL","10*3/uL"',
  '"BCULT","UCULT","UPRO","UGLU","URBC","UWBC","UHCG","HBSAG","HCVAB","HBA1C","TROPI","LACT","HCO3","PCO2","PO2","PH","FIB","DDIM","ESR","CRP","FT3","FT4","LDL","HDL","TG","CHOL","GGT","UNIT","URIC","MG"',
  '"TSH","APTT","PT","INR","GLUF","GLUPP","GLUR","CA","ICA","PHOS","TP","ALB","ALP","ALT","AST","TBIL","DBIL","BUN","EGFR","UREA","CREA","CL","NA","K","NEUT","LYMPH","EOS","MCHC","MCH","MCV","RDW","HCT","RBC","WBC","HGB","PLT"',
  '"HEPARIN","CITRATE","FLUORIDE","URINE","STERILE","PLAIN","SERUM","SST","EDTA"',
  '"mislabelled","unlabelled","insufficient","haemolysed","clotted","leaking","wrong-tube","too-old",',
  '"New Delhi","Delhi","Uttar Pradesh","Bihar","Haryana","Rajasthan","Madhya Pradesh","Uttarakhand","Punjab","Jharkhand","West Bengal","Nagar","Vihar","Colony","Gali ","Ward ","House ",',
  '"Mohammad Abdul Ahmed Khan Begum Bano Kaur Das Roy Prasad Lal Ram Verma Gupta Yadav Sharma Kumari Ramesh Suresh Rajesh Anita Geeta Sunita Sita Singh Kumar Devi',
  '\u0938\u0941\u0928\u0940\u0924\u093e \u0930\u093e\u092e \u0932\u093e\u0932 \u092a\u094d\u0930\u0938\u093e\u0926 \u092f\u093e\u0926\u0935 \u0936\u0930\u094d\u092e\u093e \u0916\u093e\u0928 \u0930\u092e\u0947\u0936 \u0938\u093f\u0902\u0939 \u0915\u0941\u092e\u093e\u0930\u0940 \u0915\u0941\u092e\u093e\u0930 \u0926\u0947\u0935\u0940',
  '"type":"PatientPaperPrinted","data":{"what":"slip","copy":1}},{"type":"OrderPaperPrinted","data":{"what":"slip","copy":1}},{"type":"ReportPaperPrinted","data":{"what":"report","version":1}',
  '"type":"ReportCorrected","data":{"reason":"","corrects":{"value":,"type":"ResultAmended","data":{"replaces":"',
  '"type":"CriticalCallRecorded","data":{"attempt":"reached","toldName":"","toldRole":"nurse","at":17,"readBack":true,"escalatedTo":"","type":"CriticalCallClosed","data":{"call":"',
  '"type":"ReportReleased","data":{"number":"8000","patient":"patient/","order":"order/","specimens":["specimen/","temporary":{"number":"7000","name":"","lines":[{"result":"result/","valueRef":"","accession":"2000","test":"","name":"","value":,"unit":"","comment":"","at":17,"technicalBy":"user/","medicalBy":"user/"}],"status":"final","version":1',
  '"do":"validateMedically","events":[{"stream":"result/","type":"ResultValidatedMedically","data":{"value":"',
  '"do":"validateTechnically","events":[{"stream":"result/","type":"ResultValidatedTechnically","data":{"value":"',
  '"evaluation":{"flag":"critical-low","critical":true,"why":"range-not-approved","flag":"critical-high","flag":"high","flag":"low","flag":"not-evaluated","flag":"normal","critical":false,"criticality":"critical","criticality":"not-evaluated","criticality":"not-critical","reference":{"low":,"high":,"criticalLow":,"criticalHigh":,"status":"proposed","status":"approved"},"delta":{"status":"not-evaluated","previous":,"previousAt":17,"percent":,"limitPercent":,"status":"passed"}}',
  '"do":"enterResult","events":[{"stream":"result/","type":"ResultEntered","data":{"specimen":"specimen/","accession":"2000","test":"PLT","patient":"patient/","value":,"unit":"10*3/uL","typed":{"value":',
  '"do":"rejectSpecimen","type":"SpecimenRejected","data":{"reason":"","note":"","type":"SpecimenRecollected","data":{"by":"specimen/","type":"SpecimenNotCollected","type":"SpecimenCancelled","type":"SpecimenHeld","type":"TestsAdded","type":"SpecimenLost"',
  '"do":"receiveSpecimen","type":"SpecimenReceived","data":{"accession":"2000","condition":"good","orphan":{"name":"","do":"dispatchSpecimens","type":"SpecimenDispatched","data":{"batch":"',
  '"type":"UnidentifiedCollected","data":{"accession":"2000","temporary":"7000","name":"","nameIsTemporary":true,"age":{"kind":"told","sex":"unknown","type":"SpecimenLinked","data":{"patient":"patient/","order":"order/","by":',
  '"do":"collectSpecimen","events":[{"stream":"specimen/","type":"SpecimenCollected","data":{"collectedAt":17,"site":"","identifiersChecked":true}',
  '"do":"labelSpecimen","type":"SpecimenLabelled","data":{"copy":1}',
  '"type":"OrderCancelled","data":{"reason":"","kept":["type":"OrderTestCancelled","data":{"test":"","reason":"","type":"TestAdded","data":{"tests":["',
  '"type":"AlertRecorded","data":{"kind":"bleeding-risk","text":"","type":"AllergyRecorded","data":{"status":"none-known","status":"known","substance":"Penicillin","reaction":"rash","severity":"severe","source":"patient"',
  '"type":"AliasAdded","data":{"system":"ABHA","value":"","type":"CardAccepted","data":{"uhid":"1000","legacy":false,"type":"PatientCorrected","data":{"changes":{"type":"PatientIdentified","data":{"by":"","proof":"',
  '"unknown":{"description":"","marks":["","broughtBy":"police"},"considered":[{"patient":"patient/","outcome":"different"}]',
  '"type":"TestRequested","data":{"test":"","order":"order/","specimen":"specimen/"',
  '}},{"stream":"specimen/","type":"SpecimenPlanned","data":{"accession":"2000","patient":"patient/","order":"order/","visit":"visit/","tests":["PLT","HGB"],"container":"EDTA","urgency":"urgent","urgency":"stat","urgency":"routine"}}',
  '}},{"stream":"order/","type":"OrderPlaced","data":{"number":"4000","patient":"patient/","visit":"visit/","tests":["HGB","PLT"],"urgency":"routine","note":"',
  '}},{"stream":"visit/","type":"VisitStarted","data":{"number":"3000","patient":"patient/","department":"MED","department":"OPD","department":"PAED","department":"CASUALTY"',
  '{"stream":"patient/","type":"PatientRegistered","data":{"name":"","nameHi":"","sex":"male","sex":"female","age":{"kind":"unknown"},"age":{"kind":"birth","date":"19","age":{"kind":"told","value":,"precision":"months","precision":"days","precision":"years","asOf":"2027-","asOf":"2026-"},"relation":{"type":"M/O","type":"C/O","type":"H/O","type":"D/O","type":"W/O","type":"S/O","name":"","},"phone":"7","phone":"8","phone":"9","address":{"line":"","village":"","district":"","state":"","pin":"11"},"category":"bpl","category":"paid","category":"general","uhid":"1000","aliases":[{"system":"","value":"',
  '"occurredAt":17,"onBehalfOf":"user/","v":2,',
  '},"after":["',
  '"]},{"stream":"result/","type":"Result',
  '"]},{"stream":"specimen/","type":"Specimen',
  '{"salt":"","command":"","do":"startVisit","do":"placeOrder","do":"registerPatient","user":"user/","session":"","trust":[["",1],["",2]],"events":[{"stream":"patient/","type":"PatientRegistered","data":{"uhid":"1000',
].join('');

/** Deflate looks back 32 kB at most; a dictionary of a few kB is quick to load for each sheet. */
export const DICTIONARIES: ReadonlyMap<number, Uint8Array> = new Map([[1, new TextEncoder().encode(DICTIONARY_1)]]);
export const NEWEST_DICTIONARY = 1;
