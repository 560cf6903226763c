// The shipped laboratory catalogue as text, for places that have no files (browser, simulator). A test holds it equal to lab-catalog.csv.

export const LAB_CATALOG_CSV = `test_code,name,loinc,specimen_type,container,unit_ucum,ref_low,ref_high,sex,age_from_days,age_to_days,critical_low,critical_high,delta_pct,delta_hours,source
HGB,Haemoglobin,718-7,blood,EDTA (lavender),g/dL,13.4,19.9,A,0,30,,,20,72,LOINC:mimic; ref IOWA-P; critical lab must set
HGB,Haemoglobin,718-7,blood,EDTA (lavender),g/dL,10.7,17.1,A,30,60,,,20,72,LOINC:mimic; ref IOWA-P; critical lab must set
HGB,Haemoglobin,718-7,blood,EDTA (lavender),g/dL,9.0,14.1,A,60,90,7,20,20,72,LOINC:mimic; ref IOWA-P; crit HM/SUN
HGB,Haemoglobin,718-7,blood,EDTA (lavender),g/dL,9.5,14.1,A,90,180,7,20,20,72,LOINC:mimic; ref IOWA-P; crit HM/SUN
HGB,Haemoglobin,718-7,blood,EDTA (lavender),g/dL,11.3,14.1,A,180,365,7,20,20,72,LOINC:mimic; ref IOWA-P; crit HM/SUN (WHO24 anaemia <10.5 at 6-23 mo)
HGB,Haemoglobin,718-7,blood,EDTA (lavender),g/dL,11.0,14.5,A,365,4380,7,20,20,72,"LOINC:mimic; ref DOC; crit HM/SUN (WHO24 <11.0 24-59 mo, <11.5 5-11 y)"
HGB,Haemoglobin,718-7,blood,EDTA (lavender),g/dL,12.0,16.0,A,4380,5475,7,20,20,72,LOINC:mimic; low WHO24 12-14 y; high DOC; crit HM/SUN
HGB,Haemoglobin,718-7,blood,EDTA (lavender),g/dL,12.0,16.0,F,5475,,7,18,20,72,LOINC:mimic; low WHO24; high U; crit SUN
HGB,Haemoglobin,718-7,blood,EDTA (lavender),g/dL,13.0,17.0,M,5475,,7,20,20,72,LOINC:mimic; low WHO24; high U; crit SUN
HCT,Haematocrit,4544-3,blood,EDTA (lavender),%,42,65,A,0,30,,,20,72,LOINC:mimic; ref IOWA-P
HCT,Haematocrit,4544-3,blood,EDTA (lavender),%,33,55,A,30,60,,,20,72,LOINC:mimic; ref IOWA-P
HCT,Haematocrit,4544-3,blood,EDTA (lavender),%,28,41,A,60,90,20,60,20,72,LOINC:mimic; ref IOWA-P; crit STA
HCT,Haematocrit,4544-3,blood,EDTA (lavender),%,29,41,A,90,180,20,60,20,72,LOINC:mimic; ref IOWA-P; crit STA
HCT,Haematocrit,4544-3,blood,EDTA (lavender),%,31,41,A,180,365,20,60,20,72,LOINC:mimic; ref IOWA-P; crit STA
HCT,Haematocrit,4544-3,blood,EDTA (lavender),%,33,43,A,365,4380,20,60,20,72,LOINC:mimic; ref DOC; crit STA
HCT,Haematocrit,4544-3,blood,EDTA (lavender),%,37,47,F,4380,,20,60,20,72,LOINC:mimic; ref ABIM; crit STA
HCT,Haematocrit,4544-3,blood,EDTA (lavender),%,42,50,M,4380,,20,60,20,72,LOINC:mimic; ref ABIM; crit STA
RBC,Red cell count,789-8,blood,EDTA (lavender),10*6/uL,3.9,5.9,A,0,30,,,20,72,LOINC:mimic; ref IOWA-P
RBC,Red cell count,789-8,blood,EDTA (lavender),10*6/uL,3.1,5.3,A,30,60,,,20,72,LOINC:mimic; ref IOWA-P
RBC,Red cell count,789-8,blood,EDTA (lavender),10*6/uL,2.7,4.5,A,60,90,,,20,72,LOINC:mimic; ref IOWA-P
RBC,Red cell count,789-8,blood,EDTA (lavender),10*6/uL,3.1,5.1,A,90,180,,,20,72,LOINC:mimic; ref IOWA-P
RBC,Red cell count,789-8,blood,EDTA (lavender),10*6/uL,3.9,5.5,A,180,365,,,20,72,LOINC:mimic; ref IOWA-P
RBC,Red cell count,789-8,blood,EDTA (lavender),10*6/uL,3.9,5.3,A,365,4380,,,20,72,LOINC:mimic; ref ALSF (>4 y)
RBC,Red cell count,789-8,blood,EDTA (lavender),10*6/uL,3.8,4.8,F,4380,,,,20,72,LOINC:mimic; U
RBC,Red cell count,789-8,blood,EDTA (lavender),10*6/uL,4.5,5.5,M,4380,,,,20,72,LOINC:mimic; U
MCV,Mean cell volume,787-2,blood,EDTA (lavender),fL,88,123,A,0,30,,,4,720,LOINC:mimic; ref IOWA-P
MCV,Mean cell volume,787-2,blood,EDTA (lavender),fL,91,112,A,30,90,,,4,720,LOINC:mimic; ref IOWA-P
MCV,Mean cell volume,787-2,blood,EDTA (lavender),fL,74,108,A,90,180,,,4,720,LOINC:mimic; ref IOWA-P
MCV,Mean cell volume,787-2,blood,EDTA (lavender),fL,70,85,A,180,365,,,4,720,LOINC:mimic; ref IOWA-P
MCV,Mean cell volume,787-2,blood,EDTA (lavender),fL,76,90,A,365,4380,,,4,720,LOINC:mimic; ref DOC
MCV,Mean cell volume,787-2,blood,EDTA (lavender),fL,80,100,A,4380,,,,4,720,LOINC:mimic; U; delta: 3.0 fL absolute in Miller APLM 2015;139:1042
MCH,Mean cell haemoglobin,785-6,blood,EDTA (lavender),pg,31,37,A,0,30,,,6,720,LOINC:mimic; ref IOWA-P
MCH,Mean cell haemoglobin,785-6,blood,EDTA (lavender),pg,27,36,A,30,90,,,6,720,LOINC:mimic; ref IOWA-P
MCH,Mean cell haemoglobin,785-6,blood,EDTA (lavender),pg,25,35,A,90,180,,,6,720,LOINC:mimic; ref IOWA-P
MCH,Mean cell haemoglobin,785-6,blood,EDTA (lavender),pg,23,31,A,180,365,,,6,720,LOINC:mimic; ref IOWA-P
MCH,Mean cell haemoglobin,785-6,blood,EDTA (lavender),pg,27,32,A,365,,,,6,720,LOINC:mimic; U
MCHC,Mean cell haemoglobin concentration,786-4,blood,EDTA (lavender),g/dL,28,36,A,0,180,,,8,720,LOINC:mimic; ref IOWA-P
MCHC,Mean cell haemoglobin concentration,786-4,blood,EDTA (lavender),g/dL,32,36,A,180,,,,8,720,"LOINC:mimic; ref IOWA-P (6 mo-1 y), U above"
RDW,Red cell distribution width (CV),788-0,blood,EDTA (lavender),%,11.5,14.5,A,0,,,,,,LOINC:mimic; U
WBC,White cell count,6690-2,blood,EDTA (lavender),10*3/uL,9.0,30.0,A,0,30,2,50,60,72,LOINC:mimic; ref IOWA-P; crit SUN
WBC,White cell count,6690-2,blood,EDTA (lavender),10*3/uL,5.0,19.5,A,30,90,2,50,60,72,LOINC:mimic; ref IOWA-P; crit SUN
WBC,White cell count,6690-2,blood,EDTA (lavender),10*3/uL,6.0,17.5,A,90,365,2,50,60,72,LOINC:mimic; ref IOWA-P; crit SUN
WBC,White cell count,6690-2,blood,EDTA (lavender),10*3/uL,6.0,17.0,A,365,730,2,50,60,72,LOINC:mimic; ref IOWA-P; crit SUN
WBC,White cell count,6690-2,blood,EDTA (lavender),10*3/uL,5.5,15.5,A,730,1460,2,50,60,72,LOINC:mimic; ref IOWA-P; crit SUN
WBC,White cell count,6690-2,blood,EDTA (lavender),10*3/uL,5.0,15.0,A,1460,4380,2,50,60,72,LOINC:mimic; ref ALSF/DOC; crit SUN
WBC,White cell count,6690-2,blood,EDTA (lavender),10*3/uL,4.0,11.0,A,4380,,2,50,60,72,LOINC:mimic; ref U; crit SUN
NEUT,Neutrophils absolute,751-8,blood,EDTA (lavender),10*3/uL,1.0,20.0,A,0,30,0.5,,,,LOINC:mimic; ref IOWA-P; crit SUN
NEUT,Neutrophils absolute,751-8,blood,EDTA (lavender),10*3/uL,1.0,9.0,A,30,90,0.5,,,,LOINC:mimic; ref IOWA-P; crit SUN
NEUT,Neutrophils absolute,751-8,blood,EDTA (lavender),10*3/uL,1.0,8.5,A,90,180,0.5,,,,LOINC:mimic; ref IOWA-P; crit SUN
NEUT,Neutrophils absolute,751-8,blood,EDTA (lavender),10*3/uL,1.5,8.5,A,180,1825,0.5,,,,LOINC:mimic; ref IOWA-P; crit SUN
NEUT,Neutrophils absolute,751-8,blood,EDTA (lavender),10*3/uL,1.7,7.5,A,1825,6570,0.5,,,,LOINC:mimic; ref IOWA-P; crit SUN
NEUT,Neutrophils absolute,751-8,blood,EDTA (lavender),10*3/uL,2.0,7.0,A,6570,,0.5,,,,LOINC:mimic; ref U; crit SUN
NEUTP,Neutrophils %,770-8,blood,EDTA (lavender),%,40,75,A,4380,,,,,,LOINC:mimic; U
LYMPH,Lymphocytes absolute,731-0,blood,EDTA (lavender),10*3/uL,2.0,11.0,A,0,30,,,,,LOINC:mimic; ref IOWA-P
LYMPH,Lymphocytes absolute,731-0,blood,EDTA (lavender),10*3/uL,2.5,16.5,A,30,90,,,,,LOINC:mimic; ref IOWA-P
LYMPH,Lymphocytes absolute,731-0,blood,EDTA (lavender),10*3/uL,4.0,13.5,A,90,180,,,,,LOINC:mimic; ref IOWA-P
LYMPH,Lymphocytes absolute,731-0,blood,EDTA (lavender),10*3/uL,4.0,10.5,A,180,365,,,,,LOINC:mimic; ref IOWA-P
LYMPH,Lymphocytes absolute,731-0,blood,EDTA (lavender),10*3/uL,3.0,9.5,A,365,730,,,,,LOINC:mimic; ref IOWA-P
LYMPH,Lymphocytes absolute,731-0,blood,EDTA (lavender),10*3/uL,2.0,8.0,A,730,1825,,,,,LOINC:mimic; ref IOWA-P
LYMPH,Lymphocytes absolute,731-0,blood,EDTA (lavender),10*3/uL,1.25,7.0,A,1825,6570,,,,,LOINC:mimic; ref IOWA-P
LYMPH,Lymphocytes absolute,731-0,blood,EDTA (lavender),10*3/uL,0.875,3.3,A,6570,,,,,,LOINC:mimic; ref IOWA-P
EOS,Eosinophils absolute,711-2,blood,EDTA (lavender),10*3/uL,0.02,0.5,A,4380,,,,,,LOINC:mimic; U
PLT,Platelet count,777-3,blood,EDTA (lavender),10*3/uL,150,450,A,0,,20,1000,50,72,LOINC:mimic; ref DOC; crit STA
ESR,Erythrocyte sedimentation rate (Westergren),4537-7,blood,EDTA (lavender),mm/h,0,20,F,6570,,,,,,LOINC:mimic; U
ESR,Erythrocyte sedimentation rate (Westergren),4537-7,blood,EDTA (lavender),mm/h,0,15,M,6570,,,,,,LOINC:mimic; U
TBIL,Bilirubin total,1975-2,serum,SST gel (gold) or plain (red),mg/dL,,,A,0,1,,10,50,72,LOINC:mimic; crit IOWA-C first 24 h; ref by nomogram/hour of life - lab must set
TBIL,Bilirubin total,1975-2,serum,SST gel (gold) or plain (red),mg/dL,,,A,1,30,,13,50,72,LOINC:mimic; crit IOWA-C 1-30 d; ref lab must set
TBIL,Bilirubin total,1975-2,serum,SST gel (gold) or plain (red),mg/dL,0.1,1.2,A,30,,,10,50,72,LOINC:mimic; ref SCR; crit STA
DBIL,Bilirubin direct,1968-7,serum,SST gel (gold) or plain (red),mg/dL,0,0.3,A,0,,,5,,,LOINC:mimic; ref U; crit SUN
ALT,Alanine aminotransferase,1742-6,serum,SST gel (gold) or plain (red),U/L,0,48,A,1460,6570,,,100,168,LOINC:mimic; ref ALSF
ALT,Alanine aminotransferase,1742-6,serum,SST gel (gold) or plain (red),U/L,10,40,A,6570,,,,100,168,LOINC:mimic; U
AST,Aspartate aminotransferase,1920-8,serum,SST gel (gold) or plain (red),U/L,0,36,A,1460,6570,,,100,168,LOINC:mimic; ref ALSF
AST,Aspartate aminotransferase,1920-8,serum,SST gel (gold) or plain (red),U/L,10,40,A,6570,,,,100,168,LOINC:mimic; U
ALP,Alkaline phosphatase,6768-6,serum,SST gel (gold) or plain (red),U/L,82,249,A,0,15,,,50,168,LOINC:mimic; ref SCR
ALP,Alkaline phosphatase,6768-6,serum,SST gel (gold) or plain (red),U/L,122,473,A,15,365,,,50,168,LOINC:mimic; ref SCR
ALP,Alkaline phosphatase,6768-6,serum,SST gel (gold) or plain (red),U/L,142,336,A,365,3650,,,50,168,LOINC:mimic; ref SCR
ALP,Alkaline phosphatase,6768-6,serum,SST gel (gold) or plain (red),U/L,128,420,A,3650,4745,,,50,168,LOINC:mimic; ref SCR
ALP,Alkaline phosphatase,6768-6,serum,SST gel (gold) or plain (red),U/L,55,225,F,4745,5475,,,50,168,LOINC:mimic; ref SCR
ALP,Alkaline phosphatase,6768-6,serum,SST gel (gold) or plain (red),U/L,115,471,M,4745,5475,,,50,168,LOINC:mimic; ref SCR
ALP,Alkaline phosphatase,6768-6,serum,SST gel (gold) or plain (red),U/L,49,166,F,5475,6205,,,50,168,LOINC:mimic; ref SCR
ALP,Alkaline phosphatase,6768-6,serum,SST gel (gold) or plain (red),U/L,81,333,M,5475,6205,,,50,168,LOINC:mimic; ref SCR
ALP,Alkaline phosphatase,6768-6,serum,SST gel (gold) or plain (red),U/L,43,86,F,6205,6935,,,50,168,LOINC:mimic; ref SCR
ALP,Alkaline phosphatase,6768-6,serum,SST gel (gold) or plain (red),U/L,53,149,M,6205,6935,,,50,168,LOINC:mimic; ref SCR
ALP,Alkaline phosphatase,6768-6,serum,SST gel (gold) or plain (red),U/L,38,126,A,6935,,,,50,168,LOINC:mimic; ref SCR
GGT,Gamma-glutamyl transferase,2324-2,serum,SST gel (gold) or plain (red),U/L,5,36,F,6570,,,,,,LOINC:mimic; U
GGT,Gamma-glutamyl transferase,2324-2,serum,SST gel (gold) or plain (red),U/L,8,61,M,6570,,,,,,LOINC:mimic; U
TP,Protein total,2885-2,serum,SST gel (gold) or plain (red),g/dL,6.3,8.2,A,6570,,,,20,72,LOINC:mimic; ref SCR
ALB,Albumin,1751-7,serum,SST gel (gold) or plain (red),g/dL,2.6,3.6,A,0,30,,,20,72,LOINC:mimic; ref STU newborn
ALB,Albumin,1751-7,serum,SST gel (gold) or plain (red),g/dL,2.8,4.4,A,30,365,,,20,72,LOINC:mimic; ref DOC infant
ALB,Albumin,1751-7,serum,SST gel (gold) or plain (red),g/dL,3.4,4.2,A,365,1460,,,20,72,LOINC:mimic; ref STU
ALB,Albumin,1751-7,serum,SST gel (gold) or plain (red),g/dL,3.5,5.2,A,1460,2555,,,20,72,LOINC:mimic; ref STU
ALB,Albumin,1751-7,serum,SST gel (gold) or plain (red),g/dL,3.7,5.6,A,2555,7300,,,20,72,LOINC:mimic; ref STU
ALB,Albumin,1751-7,serum,SST gel (gold) or plain (red),g/dL,3.5,5.5,A,7300,,,,20,72,LOINC:mimic; ref ABIM
BUN,Urea nitrogen,3094-0,serum,SST gel (gold) or plain (red),mg/dL,4,16,A,30,365,,100,60,72,LOINC:mimic; ref DOC; crit STA
BUN,Urea nitrogen,3094-0,serum,SST gel (gold) or plain (red),mg/dL,5,18,A,365,4380,,100,60,72,LOINC:mimic; ref DOC; crit STA
BUN,Urea nitrogen,3094-0,serum,SST gel (gold) or plain (red),mg/dL,7,20,A,4380,6570,,100,60,72,LOINC:mimic; ref DOC; crit STA
BUN,Urea nitrogen,3094-0,serum,SST gel (gold) or plain (red),mg/dL,7,21,A,6570,,,100,60,72,LOINC:mimic; ref SCR; crit STA/SUN
UREA,Urea,3091-6,serum,SST gel (gold) or plain (red),mg/dL,15,45,A,6570,,,,60,72,LOINC:UNVERIFIED; U
CREA,Creatinine,2160-0,serum,SST gel (gold) or plain (red),mg/dL,0.2,0.4,A,30,365,,,50,72,LOINC:mimic; ref DOC; neonate lab must set
CREA,Creatinine,2160-0,serum,SST gel (gold) or plain (red),mg/dL,0.3,0.7,A,365,4380,,,50,72,LOINC:mimic; ref DOC
CREA,Creatinine,2160-0,serum,SST gel (gold) or plain (red),mg/dL,0.5,1.0,A,4380,6570,,7.5,50,72,LOINC:mimic; ref DOC; crit SUN
CREA,Creatinine,2160-0,serum,SST gel (gold) or plain (red),mg/dL,0.6,1.1,F,6570,,,7.5,50,72,LOINC:mimic; ref U; crit SUN
CREA,Creatinine,2160-0,serum,SST gel (gold) or plain (red),mg/dL,0.7,1.3,M,6570,,,7.5,50,72,LOINC:mimic; ref U; crit SUN
EGFR,eGFR CKD-EPI 2021,98979-8,serum,calculated,mL/min/{1.73_m2},60,,A,6570,,,,,,"LOINC:public-repos; ref SCR "">60""; not for <18 y"
URIC,Urate,3084-1,serum,SST gel (gold) or plain (red),mg/dL,2.4,6.0,F,6570,,,,,,LOINC:mimic; U
URIC,Urate,3084-1,serum,SST gel (gold) or plain (red),mg/dL,3.4,7.0,M,6570,,,,,,LOINC:mimic; U
NA,Sodium,2951-2,serum,SST gel (gold) or plain (red),mmol/L,136,146,A,0,,120,160,9,72,LOINC:mimic; ref SCR; crit IOWA-C; delta 13 mmol/L in 72 h (AACC 2011)
K,Potassium,2823-3,serum,SST gel (gold) or plain (red),mmol/L,3.5,6.0,A,0,8,2.8,7.0,25,72,LOINC:mimic; ref DOC newborn; crit SCR 0-7 d
K,Potassium,2823-3,serum,SST gel (gold) or plain (red),mmol/L,3.5,5.5,A,8,5840,3.0,6.5,25,72,LOINC:mimic; ref U; crit IOWA-C peds 0-15 y
K,Potassium,2823-3,serum,SST gel (gold) or plain (red),mmol/L,3.5,5.1,A,5840,,2.8,6.2,25,72,LOINC:mimic; ref SCR; crit IOWA-C >16 y
CL,Chloride,2075-0,serum,SST gel (gold) or plain (red),mmol/L,98,107,A,0,,75,121,12,72,LOINC:mimic; ref SCR; crit HM
HCO3,Bicarbonate (total CO2),2028-9,serum,SST gel (gold) or plain (red),mmol/L,22,32,A,6570,,10,40,30,72,LOINC:mimic; ref SCR; crit SCR/ACSC
HCO3,Bicarbonate (total CO2),2028-9,serum,SST gel (gold) or plain (red),mmol/L,18,25,A,0,6570,10,40,30,72,LOINC:mimic; ref STU children; crit ACSC
CA,Calcium total,17861-6,serum,SST gel (gold) or plain (red),mg/dL,8.8,10.8,A,30,6570,6.0,13.0,15,72,LOINC:mimic; ref DOC; crit IOWA-C
CA,Calcium total,17861-6,serum,SST gel (gold) or plain (red),mg/dL,8.4,10.3,A,6570,,6.0,13.0,15,72,LOINC:mimic; ref SCR; crit IOWA-C
ICA,Calcium ionised,1995-0,blood,heparin,mmol/L,1.15,1.33,A,0,,0.75,1.5,,,LOINC:UNVERIFIED; ref U; crit HM
MG,Magnesium,19123-9,serum,SST gel (gold) or plain (red),mg/dL,1.7,2.4,A,0,,1.0,4.7,30,72,LOINC:mimic; ref DOC; crit IOWA-C
PHOS,Phosphate,2777-1,serum,SST gel (gold) or plain (red),mg/dL,4.5,6.5,A,30,365,1.0,9.0,,,LOINC:mimic; ref DOC; crit SUN
PHOS,Phosphate,2777-1,serum,SST gel (gold) or plain (red),mg/dL,3.5,5.5,A,365,6570,1.0,9.0,,,LOINC:mimic; ref DOC; crit SUN
PHOS,Phosphate,2777-1,serum,SST gel (gold) or plain (red),mg/dL,2.5,4.5,A,6570,,1.0,9.0,,,LOINC:mimic; ref U; crit SUN
GLUR,Glucose random,2345-7,plasma,fluoride-oxalate (grey),mg/dL,40,90,A,0,30,40,300,,,LOINC:mimic; ref U; crit IOWA-C 0-1 mo
GLUR,Glucose random,2345-7,plasma,fluoride-oxalate (grey),mg/dL,70,140,A,30,,50,450,,,LOINC:mimic; ref U; crit IOWA-C
GLUF,Glucose fasting,1558-6,plasma,fluoride-oxalate (grey),mg/dL,70,99,A,30,,50,450,,,LOINC:public-repos; ref SCR (ADA); crit IOWA-C
GLUPP,Glucose 2 h post-prandial,1521-4,plasma,fluoride-oxalate (grey),mg/dL,,140,A,30,,50,450,,,LOINC:public-repos; ref U; crit IOWA-C
HBA1C,HbA1c (NGSP),4548-4,blood,EDTA (lavender),%,4.0,5.6,A,0,,,,15,2160,LOINC:mimic; U
CHOL,Cholesterol,2093-3,serum,SST gel (gold) or plain (red),mg/dL,,200,A,6570,,,,40,720,LOINC:mimic; decision limit SCR desirable
TG,Triglyceride,2571-8,serum,SST gel (gold) or plain (red),mg/dL,,150,A,6570,,,,,,LOINC:mimic; U
HDL,HDL cholesterol,2085-9,serum,SST gel (gold) or plain (red),mg/dL,50,,F,6570,,,,,,LOINC:mimic; U
HDL,HDL cholesterol,2085-9,serum,SST gel (gold) or plain (red),mg/dL,40,,M,6570,,,,,,LOINC:mimic; U
LDL,LDL cholesterol calculated,13457-7,serum,calculated,mg/dL,,100,A,6570,,,,,,LOINC:mimic; U
TSH,Thyrotropin,3016-3,serum,SST gel (gold) or plain (red),m[IU]/L,0.4,4.5,A,6570,,,,100,720,LOINC:mimic; U
FT4,Thyroxine free,3024-7,serum,SST gel (gold) or plain (red),ng/dL,0.8,1.8,A,6570,,,5.1,,,LOINC:mimic; ref U; crit HM
FT3,Triiodothyronine free,3051-0,serum,SST gel (gold) or plain (red),pg/mL,2.0,4.4,A,6570,,,,,,LOINC:public-repos; U
PT,Prothrombin time,5902-2,plasma,citrate 3.2% (light blue),s,11.0,13.5,A,30,,,44,50,72,LOINC:mimic; ref U (reagent-specific); crit ACSC
INR,INR,6301-6,plasma,citrate 3.2% (light blue); calculated,{INR},0.8,1.2,A,30,,,5.0,50,72,LOINC:mimic; ref U; crit SUN/ACSC
APTT,aPTT,14979-9,plasma,citrate 3.2% (light blue),s,25,35,A,180,,,75,60,72,LOINC:mimic; ref U (reagent-specific); crit SUN (ACSC 85; other 150)
FIB,Fibrinogen,3255-7,plasma,citrate 3.2% (light blue),mg/dL,200,400,A,0,,100,,,,LOINC:mimic; ref U; crit HM/ACSC
DDIM,D-dimer FEU,48065-7,plasma,citrate 3.2% (light blue),ug/mL{FEU},,0.5,A,6570,,,,,,LOINC:mimic; U
CRP,C-reactive protein,1988-5,serum,SST gel (gold) or plain (red),mg/L,,5,A,0,,,,,,LOINC:mimic; U
LACT,Lactate,2524-7,plasma,fluoride-oxalate on ice,mmol/L,0.5,2.2,A,0,,,3.5,,,LOINC:public-repos; ref U; crit HM
TROPI,Troponin I high sensitivity,89579-7,serum,SST gel (gold) or plain (red),ng/L,,,A,6570,,,,,,LOINC:public-repos; assay- and sex-specific 99th percentile: lab must set
PH,Arterial pH,2744-1,arterial blood,heparin syringe,[pH],7.35,7.45,A,0,,7.2,7.6,,,LOINC:mimic; ref U; crit HM
PCO2,Arterial pCO2,2019-8,arterial blood,heparin syringe,mm[Hg],35,45,A,0,,20,60,,,LOINC:mimic; ref U; crit HM
PO2,Arterial pO2,2703-7,arterial blood,heparin syringe,mm[Hg],80,100,A,30,,50,,,,LOINC:mimic; ref U; crit HM
UCOL,Urine colour,5778-6,urine,sterile/plain container,,,,A,0,,,,,,LOINC:mimic; ordinal/nominal: normal = straw-yellow
UAPP,Urine appearance,5767-9,urine,sterile/plain container,,,,A,0,,,,,,LOINC:mimic; ordinal/nominal: normal = clear
UPRO,Urine protein dipstick,20454-5,urine,sterile/plain container,,,,A,0,,,,,,LOINC:mimic; ordinal/nominal: normal = negative
UGLU,Urine glucose dipstick,25428-4,urine,sterile/plain container,,,,A,0,,,,,,LOINC:public-repos; ordinal/nominal: normal = negative
UKET,Urine ketones dipstick,2514-8,urine,sterile/plain container,,,,A,0,,,,,,LOINC:public-repos; ordinal/nominal: normal = negative
UBLD,Urine blood dipstick,5794-3,urine,sterile/plain container,,,,A,0,,,,,,LOINC:mimic; ordinal/nominal: normal = negative
UNIT,Urine nitrite dipstick,5802-4,urine,sterile/plain container,,,,A,0,,,,,,LOINC:mimic; ordinal/nominal: normal = negative
ULEU,Urine leukocyte esterase dipstick,5799-2,urine,sterile/plain container,,,,A,0,,,,,,LOINC:public-repos; ordinal/nominal: normal = negative
UBIL,Urine bilirubin dipstick,5770-3,urine,sterile/plain container,,,,A,0,,,,,,LOINC:mimic; ordinal/nominal: normal = negative
UHCG,Urine pregnancy test,2106-3,urine,sterile/plain container,,,,A,0,,,,,,LOINC:mimic; ordinal/nominal: normal = negative
USG,Urine specific gravity,5811-5,urine,sterile/plain container,1,1.005,1.03,A,0,,,,,,LOINC:mimic; U
UPH,Urine pH,5803-2,urine,sterile/plain container,[pH],5.0,8.0,A,0,,,,,,LOINC:mimic; U
UWBC,Urine leukocytes per HPF,5821-4,urine,sterile/plain container,/[HPF],0,5,A,0,,,,,,LOINC:mimic; U
URBC,Urine erythrocytes per HPF,13945-1,urine,sterile/plain container,/[HPF],0,3,A,0,,,,,,LOINC:mimic; U
BCULT,Blood culture,600-7,blood,aerobic + anaerobic culture bottles,,,,A,0,,,positive,,,"LOINC:public-repos; critical on first positive smear/growth (HM, IOWA-C lists)"
UCULT,Urine culture,630-4,urine,sterile container or boric acid,,,,A,0,,,,,,LOINC:mimic; narrative/organism + AST
SCULT,Stool culture,625-4,stool,Cary-Blair,,,,A,0,,,,,,LOINC:public-repos; narrative/organism
HBSAG,HBsAg,5196-1,serum,SST gel (gold) or plain (red),,,,A,0,,,,,,LOINC:mimic; ordinal: non-reactive; confirm reactive
HCVAB,HCV antibody,16128-1,serum,SST gel (gold) or plain (red),,,,A,0,,,,,,LOINC:OpenELIS-profile; ordinal: non-reactive
HIV,HIV 1+2 Ag/Ab,56888-1,serum,SST gel (gold) or plain (red),,,,A,0,,,,,,LOINC:mimic; ordinal: non-reactive; consent + confirmatory algorithm
`;
