// Departments and containers that a new hospital starts with: those of a large public hospital in India, to be changed by its administrator.
import type { z } from 'zod';
import type { containerData } from '#kernel/container/container.ts';
import type { departmentData } from '#kernel/department/department.ts';

type ContainerSeed = z.infer<typeof containerData>;
type DepartmentSeed = z.infer<typeof departmentData>;

/** Order of draw after CLSI GP41: cultures, citrate, serum, heparin, EDTA, fluoride. */
export const CONTAINER_SEED: readonly ContainerSeed[] = [
  {
    code: 'blood-culture',
    name: 'Blood culture bottles (aerobic and anaerobic)',
    nameHi: 'ब्लड कल्चर बोतलें',
    colour: 'bottles',
    drawOrder: 1,
    volumeMl: 20,
  },
  { code: 'citrate', name: 'Citrate 3.2 %', nameHi: 'साइट्रेट 3.2 %', colour: 'light blue', drawOrder: 2, volumeMl: 2.7 },
  { code: 'plain', name: 'Plain', nameHi: 'सादी', colour: 'red', drawOrder: 3, volumeMl: 4 },
  { code: 'sst', name: 'Serum gel (SST)', nameHi: 'सीरम जेल (SST)', colour: 'gold', drawOrder: 4, volumeMl: 5 },
  { code: 'heparin', name: 'Heparin', nameHi: 'हेपारिन', colour: 'green', drawOrder: 5, volumeMl: 4 },
  { code: 'edta', name: 'EDTA', nameHi: 'EDTA', colour: 'lavender', drawOrder: 6, volumeMl: 3 },
  { code: 'fluoride', name: 'Fluoride oxalate', nameHi: 'फ्लोराइड ऑक्सलेट', colour: 'grey', drawOrder: 7, volumeMl: 2 },
  { code: 'fluoride-ice', name: 'Fluoride oxalate on ice', nameHi: 'फ्लोराइड ऑक्सलेट, बर्फ़ पर', colour: 'grey', drawOrder: 8, volumeMl: 2 },
  {
    code: 'heparin-syringe',
    name: 'Heparin syringe (arterial)',
    nameHi: 'हेपारिन सिरिंज (धमनी)',
    colour: 'syringe',
    drawOrder: 9,
    volumeMl: 2,
  },
  { code: 'urine-plain', name: 'Urine, clean container', nameHi: 'मूत्र, साफ़ डिब्बी', colour: 'white', drawOrder: 10, volumeMl: 30 },
  { code: 'urine-sterile', name: 'Urine, sterile container', nameHi: 'मूत्र, विसंक्रमित डिब्बी', colour: 'white', drawOrder: 11, volumeMl: 30 },
  { code: 'urine-boric', name: 'Urine, boric acid', nameHi: 'मूत्र, बोरिक अम्ल', colour: 'olive', drawOrder: 12, volumeMl: 10 },
  { code: 'cary-blair', name: 'Cary-Blair medium', nameHi: 'कैरी-ब्लेयर माध्यम', colour: 'medium', drawOrder: 13 },
];

function opd(code: string, name: string, nameHi: string, room: string): DepartmentSeed {
  return { code: `${code}-OPD`, name: `${name} OPD`, nameHi: `${nameHi} ओपीडी`, kind: 'outpatient', room };
}

export const DEPARTMENT_SEED: readonly DepartmentSeed[] = [
  opd('MED', 'General Medicine', 'सामान्य चिकित्सा', '101'),
  opd('SURG', 'General Surgery', 'सामान्य शल्य', '105'),
  opd('PAED', 'Paediatrics', 'बाल रोग', '110'),
  opd('OBG', 'Obstetrics and Gynaecology', 'स्त्री एवं प्रसूति रोग', '115'),
  opd('ORTHO', 'Orthopaedics', 'अस्थि रोग', '120'),
  opd('ENT', 'Ear, Nose and Throat', 'कान, नाक, गला', '125'),
  opd('EYE', 'Ophthalmology', 'नेत्र रोग', '130'),
  opd('DERM', 'Dermatology', 'त्वचा रोग', '135'),
  opd('PSY', 'Psychiatry', 'मनोरोग', '140'),
  opd('CARD', 'Cardiology', 'हृदय रोग', '201'),
  opd('NEURO', 'Neurology', 'तंत्रिका रोग', '205'),
  opd('NEPH', 'Nephrology', 'गुर्दा रोग', '210'),
  opd('GASTRO', 'Gastroenterology', 'उदर रोग', '215'),
  opd('ENDO', 'Endocrinology', 'हार्मोन एवं मधुमेह', '220'),
  opd('HAEM', 'Haematology', 'रक्त रोग', '225'),
  opd('ONCO', 'Medical Oncology', 'कैंसर चिकित्सा', '230'),
  opd('PULM', 'Pulmonary Medicine', 'श्वसन रोग', '235'),
  opd('UROL', 'Urology', 'मूत्र रोग', '240'),
  { code: 'EMERG', name: 'Emergency', nameHi: 'आपातकालीन विभाग', kind: 'emergency', room: 'Ground floor' },
  { code: 'PAED-EMERG', name: 'Paediatric Emergency', nameHi: 'बाल आपातकालीन', kind: 'emergency', room: 'Ground floor' },
  { code: 'MED-WARD', name: 'Medicine Ward', nameHi: 'मेडिसिन वार्ड', kind: 'ward' },
  { code: 'PAED-WARD', name: 'Paediatric Ward', nameHi: 'बाल वार्ड', kind: 'ward' },
  { code: 'HAEM-WARD', name: 'Haematology Day Care', nameHi: 'रक्त रोग डे केयर', kind: 'ward' },
  { code: 'SURG-WARD', name: 'Surgery Ward', nameHi: 'शल्य वार्ड', kind: 'ward' },
  { code: 'ICU', name: 'Intensive Care Unit', nameHi: 'गहन चिकित्सा इकाई', kind: 'ward' },
  { code: 'NICU', name: 'Newborn Intensive Care Unit', nameHi: 'नवजात गहन चिकित्सा', kind: 'ward' },
  { code: 'COLLECT', name: 'Central Sample Collection', nameHi: 'केंद्रीय नमूना संग्रह', kind: 'collection', room: '3' },
  { code: 'LAB', name: 'Central Laboratory', nameHi: 'केंद्रीय प्रयोगशाला', kind: 'laboratory', room: '8' },
  { code: 'REG', name: 'Central Registration', nameHi: 'केंद्रीय पंजीकरण', kind: 'office', room: '1' },
  { code: 'MRD', name: 'Medical Records', nameHi: 'चिकित्सा अभिलेख', kind: 'office', room: '12' },
];
