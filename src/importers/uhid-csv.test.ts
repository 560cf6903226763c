import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { registerPatient } from '#kernel/patient/register-patient.ts';
import { dryRunUhidCsv, parseUhidCsv } from './uhid-csv.ts';
import type { ImportReader, ParsedImport } from './uhid-csv.ts';

/** Not secure, but the same for the same bytes, and others for others. */
function fakeSha256(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(32);
  bytes.forEach((byte, index) => {
    out[index % 32] = (out[index % 32]! * 31 + byte + index) & 255; // an index of 32
  });
  return out;
}
const parse = (text: string): ParsedImport => parseUhidCsv(text, fakeSha256);
const codes = (text: string): readonly (readonly [number, string, string | undefined])[] =>
  parse(text).refused.map(({ line, rejection }) => [line, rejection.code, rejection.field] as const);
const HEAD = 'uhid,name,name_hi,sex,age_years,birth_date,relation,relation_name,phone,address,village,district,state,pin,category,aliases';

describe('rows that are taken', () => {
  test('with every column', () => {
    const { commands, refused } = parse(
      `${HEAD}\n1234567,Sunita Devi,सुनीता देवी,F,34,,w/o,Ramesh Kumar,0123456789,House 2,Rampur,Alwar,Rajasthan,301001,BPL,abha:91-0000-0000-0000; cr:77\n`,
    );
    expect(refused).toEqual([]);
    expect(commands.map(({ line, with: input }) => [line, input])).toEqual([
      [
        2,
        {
          uhid: '1234567',
          name: 'Sunita Devi',
          nameHi: 'सुनीता देवी',
          sex: 'female',
          age: { years: 34 },
          relation: { type: 'W/O', name: 'Ramesh Kumar' },
          phone: '0123456789',
          address: { line: 'House 2', village: 'Rampur', district: 'Alwar', state: 'Rajasthan', pin: '301001' },
          category: 'BPL',
          aliases: [
            { system: 'abha', value: '91-0000-0000-0000' },
            { system: 'cr', value: '77' },
          ],
        },
      ],
    ]);
  });
  test('with few columns, in any order, with other separators, a byte order mark, quotes and blank lines', () => {
    for (const text of [
      'Sex,UHID, Name \nm,1,Ram\n\nपुरुष,2,"Shyam, Lal"\n',
      '\ufeffsex;uhid;name\r\nm;1;Ram\r\n;;\r\nm;2;"Shyam, Lal"\r\n',
      'sex\tuhid\tname\nm\t1\tRam\n\nm\t2\tShyam, Lal',
    ]) {
      const { commands, refused } = parse(text);
      expect([refused, commands.map(({ line, with: input }) => [line, input])]).toEqual([
        [],
        [
          [2, { uhid: '1', name: 'Ram', sex: 'male' }],
          [4, { uhid: '2', name: 'Shyam, Lal', sex: 'male' }],
        ],
      ]);
    }
  });
  test('the same row has the same key in any file, another row another', () => {
    const [first] = parse('uhid,name,sex\n1,Ram,m\n').commands;
    const [second] = parse('sex,name,uhid\nMALE, Ram ,1\n').commands;
    const [other] = parse('uhid,name,sex\n1,Rama,m\n').commands;
    expect([second?.key, other?.key === first?.key]).toEqual([first?.key, false]);
  });
});

describe('what is refused, with its line and its column', () => {
  test.each([
    ['', [[0, 'import-file-empty', undefined]]],
    ['\n\n', [[0, 'import-file-empty', undefined]]],
    ['uhid,name,sex\n', [[0, 'import-file-empty', undefined]]],
    [
      'name,phone\nA,1\n',
      [
        [1, 'import-column-missing', undefined],
        [1, 'import-column-missing', undefined],
      ],
    ],
    ['uhid,sex,mother\n1,f,x\n', [[1, 'import-column-unknown', undefined]]],
    ['uhid,sex,name,Name\n1,f,x,y\n', [[1, 'import-column-twice', undefined]]],
    ['uhid,sex,name\n1,f\n2,f,A\n', [[2, 'import-cell-invalid', 'name']]],
    ['uhid,sex,name\n1,f,A,b\n2,f,A,,\n', [[2, 'import-row-width', undefined]]],
    [
      'uhid,sex,name\n,f,A\n2,x,A\n3,constructor,A\n',
      [
        [2, 'import-cell-invalid', 'uhid'],
        [3, 'import-cell-invalid', 'sex'],
        [4, 'import-cell-invalid', 'sex'],
      ],
    ],
    [
      'uhid,sex,name,age_years,birth_date\n1,f,A,3.5,\n2,f,A,200,\n3,f,A,3,2020-01-01\n4,f,A,,2020-02-30\n',
      [
        [2, 'import-cell-invalid', 'age_years'],
        [3, 'import-cell-invalid', 'age_years'],
        [4, 'import-cell-invalid', 'age_years'],
        [5, 'import-cell-invalid', 'birth_date'],
      ],
    ],
    [
      'uhid,sex,name,relation,relation_name\n1,f,A,W/O,\n2,f,A,,B\n3,f,A,X/O,B\n',
      [
        [2, 'import-cell-invalid', 'relation'],
        [3, 'import-cell-invalid', 'relation'],
        [4, 'import-cell-invalid', 'relation'],
      ],
    ],
    [
      'uhid,sex,name,phone,pin\n1,f,A,call me,\n2,f,A,,12\n',
      [
        [2, 'import-cell-invalid', 'phone'],
        [3, 'import-cell-invalid', 'pin'],
      ],
    ],
    [
      'uhid,sex,name,aliases\n1,f,A,123\n2,f,A,:1\n3,f,A,cr:\n',
      [
        [2, 'import-cell-invalid', 'aliases'],
        [3, 'import-cell-invalid', 'aliases'],
        [4, 'import-cell-invalid', 'aliases'],
      ],
    ],
    [
      'uhid,sex,name,aliases\n1-2 3,f,A,\n123,f,B,\n4,f,C,cr:123\n',
      [
        [3, 'import-number-twice', 'uhid'],
        [4, 'import-number-twice', 'uhid'],
      ],
    ],
    ['uhid,sex,name\n1,f,"A\n2,f,B\n', [[2, 'import-row-quotes', undefined]]],
  ] as const)('%j', (text, expected) => {
    expect(codes(text)).toEqual(expected);
  });
  test("nothing of a cell is told: it may be a patient's", () => {
    expect(JSON.stringify(parse('uhid,sex,name,phone,Sunita\n1,f,Sunita,Sunita,Sunita\n').refused)).not.toContain('Sunita');
    expect(JSON.stringify(parse('uhid,sex,name,phone\n1,f,Sunita,Sunita\n1,Sunita,Sunita,1\n').refused)).not.toContain('Sunita');
  });
});

describe('a dry run', () => {
  const reader = (held: readonly string[], done: readonly string[]): ImportReader => ({
    held: async (number) => held.filter((one) => one === number).length,
    done: async (key) => done.includes(key),
  });
  const text = 'uhid,sex,name,aliases\n1,f,A,\n2,f,B,cr:9\n3,x,C,\n4,f,D,\n';
  test('says what would be done, was done, and is refused', async () => {
    const keyOf4 = parse(text).commands[2]?.key ?? '';
    const report = await dryRunUhidCsv(text, fakeSha256, reader(['9', '4'], [keyOf4]));
    expect([report.rows, report.done, report.ready.map((command) => command.line)]).toEqual([4, 1, [2]]);
    expect(report.refused.map(({ line, rejection }) => [line, rejection.code])).toEqual([
      [3, 'import-number-held'],
      [4, 'import-cell-invalid'],
    ]);
  });
  test('after the whole import there is nothing left to do', async () => {
    const keys = parse(text).commands.map((command) => command.key);
    const report = await dryRunUhidCsv(text, fakeSha256, reader(['1', '2', '9', '4'], keys));
    expect([report.ready, report.done]).toEqual([[], 3]);
  });
});

describe('any text', () => {
  const holds = (text: string): void => {
    const { commands, refused } = parse(text);
    for (const command of commands) expect(registerPatient.input.safeParse(command.with).error?.issues).toBeUndefined();
    for (const { line, rejection } of refused)
      expect([Number.isInteger(line), rejection.code]).toEqual([true, expect.stringMatching(/^import-/)]);
    const lines = [...commands, ...refused].map((item) => item.line).filter((line) => line > 1);
    expect(new Set(lines).size).toBe(lines.length); // each row once: taken or refused
  };
  test('never throws, and never half a row', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => holds(text)),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => holds(`${HEAD}\n${text}`)),
      { numRuns: 1000 },
    );
  });
  test('rows of odd cells are each taken or refused', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', '1', 'f', 'Ram', 'W/O', '2020-01-01', 'cr:1', '"', '__proto__', '=1+1'),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 16, maxLength: 16 }), { minLength: 1, maxLength: 8 }), (rows) => {
        const text = `${HEAD}\n${Papa.unparse(rows, { quotes: true, newline: '\n' })}\n`;
        holds(text);
        const { commands, refused } = parse(text);
        expect(commands.length + refused.filter((item) => item.line > 1).length).toBeGreaterThanOrEqual(
          rows.every((cells) => cells.every((one) => one.trim() === '')) ? 0 : 1,
        );
      }),
      { numRuns: 500 },
    );
  });
});
