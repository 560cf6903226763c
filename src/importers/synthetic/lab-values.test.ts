import { expect, test } from 'vitest';
import { seededRandom } from './random.ts';
import { drawResult, readSyntheticTests } from './lab-values.ts';

const CSV = `test_code,name,loinc,specimen_type,container,unit_ucum,ref_low,ref_high,sex,age_from_days,age_to_days,critical_low,critical_high,delta_pct,delta_hours,source
HGB,Haemoglobin,718-7,blood,EDTA (lavender),g/dL,11.0,14.5,A,365,4380,7,20,20,72,x
HGB,Haemoglobin,718-7,blood,EDTA (lavender),g/dL,12.0,16.0,F,5475,,7,18,20,72,x
HGB,Haemoglobin,718-7,blood,EDTA (lavender),g/dL,13.0,17.0,M,5475,,7,20,20,72,x
PLT,Platelet count,777-3,blood,EDTA (lavender),10*3/uL,150,450,A,0,,20,1000,50,72,x
EGFR,eGFR,98979-8,serum,calculated,mL/min,60,,A,6570,,,,,,x
UPRO,Urine protein,20454-5,urine,container,,,,A,0,,,,,,x
CRP,CRP,1988-5,serum,SST,mg/L,,5,A,0,,,,,,x
`;
const tests = readSyntheticTests(CSV);
const ADULT_DAYS = 40 * 365;

test('measurable tests are read, calculated and worded ones are not', () => {
  expect([...tests.keys()]).toEqual(['HGB', 'PLT', 'CRP']);
  expect(tests.get('HGB')).toMatchObject({ unit: 'g/dL', decimals: 1 });
  expect(readSyntheticTests('nonsense\n"').size).toBe(0);
});

test('values are mostly normal for sex and age, some abnormal, a few critical, and each kind is what it says', () => {
  const random = seededRandom(11);
  const hgb = tests.get('HGB')!; // read above
  const drawn = Array.from({ length: 5000 }, () => drawResult(random, hgb, 'female', ADULT_DAYS));
  const of = (kind: string): number[] => drawn.filter((item) => item.kind === kind).map((item) => item.value);
  expect(of('normal').filter((value) => value < 12 || value > 16)).toEqual([]);
  expect(of('abnormal').filter((value) => (value >= 12 && value <= 16) || value < 7 || value > 18)).toEqual([]);
  expect(of('critical').filter((value) => value >= 7 && value <= 18)).toEqual([]);
  expect(of('normal').length).toBeGreaterThan(3800);
  expect(of('abnormal').length).toBeGreaterThan(600);
  expect(of('critical').length).toBeGreaterThan(50);
});

test('no value is negative or has more digits than the range', () => {
  const random = seededRandom(12);
  for (const [, item] of tests) {
    for (let i = 0; i < 2000; i += 1) {
      const { value } = drawResult(random, item, i % 2 === 0 ? 'male' : 'other', i);
      expect(value).toBeGreaterThanOrEqual(0);
      expect(Number(value.toFixed(item.decimals))).toBe(value);
    }
  }
});
