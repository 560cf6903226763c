// The A6 paper that the patient carries. Sensitive tests stand in its signed codes only, never in its plain part.
import { formatNumber } from '#kernel/shared/numbers.ts';
import { A6, type Block, type Paper } from './blocks.ts';
import { code128Image } from './code-image.ts';
import { codeRows } from './codes.ts';
import type { SlipContent } from './content.ts';
import { ageSexText, askedText, numberLabel, numberText, plainTests } from './patient-text.ts';
import { inLanguage, word } from './strings.ts';

const MARGIN_MM = 4;
const INNER_MM = A6.widthMm - MARGIN_MM * 2;
/** 12 digits are 121 modules with their white: 36 mm, read by any hand scanner. */
const UHID_MODULE_MM = 0.3;

export function slipPaper(content: SlipContent): Paper {
  const { language } = content;
  return {
    title: word(language, 'patientSlip'),
    language: language === 'en' ? 'en' : 'hi',
    ...A6,
    marginMm: MARGIN_MM,
    // Number and time first: should a very long name need a second line, no digit goes under.
    foot: `${numberText(content.patient.number)}  |  ${content.printedAt}, ${content.printedBy}  |  ${content.patient.name.latin ?? content.patient.name.devanagari ?? ''}`,
    pageWord: word(language, 'page'),
    blocks: [
      ...head(content),
      ...patient(content),
      safety(content),
      ...visit(content),
      ...orders(content),
      ...tubes(content),
      ...next(content),
      ...foot(content),
    ],
  };
}

function head(content: SlipContent): readonly Block[] {
  const { language, hospital } = content;
  const place = [hospital.place === undefined ? '' : inLanguage(language, hospital.place), hospital.phone ?? '']
    .filter((each) => each !== '')
    .join(' · ');
  const mark =
    content.copy > 1
      ? [{ kind: 'text', text: word(language, 'duplicate', { copy: content.copy }), size: 8, bold: true, align: 'right' } as const]
      : [];
  return [
    {
      kind: 'columns',
      gapMm: 2,
      columns: [
        {
          widthMm: 'rest',
          blocks: [
            { kind: 'text', text: inLanguage(language, hospital.name, '\n'), size: 9, bold: true },
            { kind: 'text', text: place, size: 6.5 },
          ],
        },
        {
          widthMm: 30,
          blocks: [{ kind: 'text', text: word(language, 'patientSlip', {}, '\n'), size: 9, bold: true, align: 'right' }, ...mark],
        },
      ],
    },
    { kind: 'rule' },
  ];
}

/** Points. Long names get smaller letters, never fewer. */
function nameSize(name: string): number {
  if (name.length <= 28) return 11.5;
  return name.length <= 50 ? 9.5 : 8;
}

function patient(content: SlipContent): readonly Block[] {
  const { language, patient: who } = content;
  const names = [who.name.devanagari, who.name.latin].filter((name) => name !== undefined && name !== '');
  const more = [who.relation === undefined ? '' : inLanguage(language, who.relation), who.phone ?? ''].filter((each) => each !== '');
  const details: Block[] = [
    ...names.map((name): Block => ({ kind: 'text', text: name ?? '', size: nameSize(name ?? ''), bold: true })),
    { kind: 'text', text: ageSexText(language, who), size: 8, bold: true },
    ...(more.length === 0 ? [] : [{ kind: 'text', text: more.join('   '), size: 7 } as const]),
  ];
  const number: Block[] = [
    { kind: 'text', text: numberLabel(language, who.number), size: 7.5, align: 'center' },
    ...(/^\d{12}$/.test(who.number.digits)
      ? [
          {
            kind: 'picture',
            image: code128Image(who.number.digits, UHID_MODULE_MM, 9),
            title: `Code 128 ${who.number.digits}`,
            align: 'center',
            aboveMm: 0.7,
          } as const,
        ]
      : []),
    { kind: 'text', text: numberText(who.number), size: 11, bold: true, align: 'center' },
  ];
  return [
    {
      kind: 'columns',
      gapMm: 1,
      aboveMm: 0.5,
      columns: [
        { widthMm: 'rest', blocks: details },
        { widthMm: 36.5, blocks: number },
      ],
    },
  ];
}

function safety(content: SlipContent): Block {
  const { language } = content;
  const heavy = content.allergies.status === 'listed' || content.alerts.status === 'listed';
  return {
    kind: 'box',
    heavy,
    aboveMm: 1,
    blocks: [
      { kind: 'field', label: word(language, 'allergies'), value: askedText(language, content.allergies), size: heavy ? 9 : 8 },
      { kind: 'field', label: word(language, 'alerts'), value: askedText(language, content.alerts), size: heavy ? 9 : 8 },
    ],
  };
}

function visit(content: SlipContent): readonly Block[] {
  const { language, visit: one } = content;
  if (one === undefined) return [];
  const where: Block[] = [
    { kind: 'text', text: inLanguage(language, one.department), size: 8.5, bold: true },
    ...(one.room === undefined
      ? []
      : [{ kind: 'field', label: word(language, 'room'), value: inLanguage(language, one.room), size: 8.5 } as const]),
    { kind: 'field', label: word(language, 'visit'), value: `${formatNumber(one.number)}   ${one.date}`, size: 8 },
  ];
  const token: Block[] =
    one.token === undefined
      ? []
      : [
          { kind: 'text', text: word(language, 'token'), size: 7.5, align: 'right' },
          { kind: 'text', text: one.token, size: 15, bold: true, align: 'right' },
        ];
  return [
    {
      kind: 'columns',
      gapMm: 2,
      aboveMm: 1,
      columns: [
        { widthMm: 'rest', blocks: where },
        { widthMm: 24, blocks: token },
      ],
    },
  ];
}

function orders(content: SlipContent): readonly Block[] {
  const { language } = content;
  // With the code beside it (here, or at its tube below) one language is enough, and the paper stays one page.
  const first = language === 'en' ? 'en' : 'hi';
  return content.orders.flatMap((order): readonly Block[] => {
    const tests = plainTests(order.tests);
    const urgent = order.urgent ? `${word(language, 'urgent')} - ` : '';
    // An order of sensitive tests alone leaves its number only: a desk finds it, a bystander learns nothing.
    const text =
      tests.length === 0
        ? `${word(language, 'order')} ${formatNumber(order.number)}`
        : tests.map((test) => (content.tubes.length > 0 ? test.name[first] : `${test.name[first]} (${test.code})`)).join(', ');
    return [{ kind: 'field', label: word(language, 'tests'), value: `${urgent}${text}`, size: 8.5 }];
  });
}

function tubes(content: SlipContent): readonly Block[] {
  const { language } = content;
  if (content.tubes.length === 0) return [];
  return [
    {
      kind: 'table',
      aboveMm: 1,
      size: 7.5,
      head: [word(language, 'accession'), word(language, 'tube'), word(language, 'tests')],
      widths: [27, 'rest', 22],
      rows: content.tubes.map((tube) => [
        { text: formatNumber(tube.accession), bold: true },
        { text: inLanguage(language, tube.container) },
        {
          text:
            plainTests(tube.tests)
              .map((test) => test.code)
              .join(' ') || '-',
        },
      ]),
    },
  ];
}

function next(content: SlipContent): readonly Block[] {
  const { language } = content;
  if (content.next.length === 0) return [];
  return [
    { kind: 'text', text: word(language, 'whatNext'), size: 9, bold: true, aboveMm: 1 },
    ...content.next.map((step, index): Block => ({
      kind: 'text',
      text: `${index + 1}. ${inLanguage(language, step, '\n    ')}`,
      size: 8.5,
    })),
  ];
}

function foot(content: SlipContent): readonly Block[] {
  const { language } = content;
  return [
    { kind: 'text', text: word(language, 'keepThisPaper', {}, ' · '), size: 8.5, bold: true, aboveMm: 1, align: 'center' },
    ...codeRows(language, content.codes, {
      innerMm: INNER_MM,
      widestMm: 32,
      hint: word(language, 'codesHint', {}, ' '),
    }),
  ];
}
