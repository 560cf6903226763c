// The lab report, A4: what was measured, from which tube, who stands for it, and what is not known said plainly.
import { formatNumber } from '#kernel/shared/numbers.ts';
import { A4, type Block, type Cell, type Paper } from './blocks.ts';
import { code128Image } from './code-image.ts';
import { codeRows } from './codes.ts';
import type { ReportContent, ReportRow, ResultFlag, Validator } from './content.ts';
import { ageSexText, nameText, numberLabel, numberText, runningText } from './patient-text.ts';
import { inLanguage, word, type StringKey } from './strings.ts';

const MARGIN_MM = 14;
const INNER_MM = A4.widthMm - MARGIN_MM * 2;

const FLAGS: Readonly<Record<ResultFlag, StringKey>> = {
  normal: 'flagNormal',
  low: 'flagLow',
  high: 'flagHigh',
  abnormal: 'flagAbnormal',
  'critical-low': 'flagCriticalLow',
  'critical-high': 'flagCriticalHigh',
  critical: 'flagCritical',
  'not-evaluated': 'flagNotEvaluated',
};
/** Said by words and weight, never by colour: reports are photocopied and faxed. */
const PLAIN_FLAGS: ReadonlySet<ResultFlag> = new Set(['normal', 'not-evaluated']);

export function reportPaper(content: ReportContent): Paper {
  const { language } = content;
  return {
    title: `${word(language, 'labReport')} ${content.number}`,
    language: language === 'en' ? 'en' : 'hi',
    ...A4,
    marginMm: MARGIN_MM,
    running: `${word(language, 'reportNumber')} ${formatNumber(content.number)}  |  ${runningText(language, content.patient)}`,
    foot:
      word(language, 'printedAt', { at: content.printedAt }) +
      (content.copy > 1 ? ` · ${word(language, 'duplicate', { copy: content.copy })}` : ''),
    pageWord: word(language, 'page'),
    blocks: [
      ...head(content),
      ...who(content),
      specimens(content),
      ...content.sections.flatMap((section) => [
        {
          kind: 'text',
          text: `${inLanguage(language, section.title)}   (${word(language, 'specimen')} ${formatNumber(section.accession)})`,
          size: 10,
          bold: true,
          aboveMm: 4,
        } as const,
        results(content, section.rows),
      ]),
      ...notes(content),
      validators(content),
      { kind: 'text', text: `--- ${word(language, 'endOfReport')} ---`, size: 8, align: 'center', aboveMm: 3 },
      ...codeRows(language, content.codes, { innerMm: INNER_MM, widestMm: 37, hint: word(language, 'reportCodesHint', {}, '\n') }),
    ],
  };
}

function head(content: ReportContent): readonly Block[] {
  const { language, hospital } = content;
  const place = [hospital.place === undefined ? '' : inLanguage(language, hospital.place), hospital.phone ?? '']
    .filter((each) => each !== '')
    .join(' · ');
  return [
    {
      kind: 'columns',
      gapMm: 4,
      columns: [
        {
          widthMm: 'rest',
          blocks: [
            { kind: 'text', text: inLanguage(language, hospital.name, '\n'), size: 13, bold: true },
            { kind: 'text', text: inLanguage(language, content.laboratory), size: 9.5 },
            { kind: 'text', text: place, size: 8 },
          ],
        },
        {
          widthMm: 62,
          blocks: [
            { kind: 'text', text: word(language, 'labReport'), size: 12, bold: true, align: 'right' },
            { kind: 'text', text: `${word(language, 'reportNumber')} ${formatNumber(content.number)}`, size: 9.5, align: 'right' },
            { kind: 'text', text: content.status === 'final' ? word(language, 'final') : '', size: 9.5, bold: true, align: 'right' },
          ],
        },
      ],
    },
    ...(content.status === 'final'
      ? []
      : [
          {
            kind: 'box',
            heavy: true,
            aboveMm: 1,
            blocks: [{ kind: 'text', text: word(language, content.status, {}, '\n'), size: 12, bold: true, align: 'center' }],
          } as const,
        ]),
    { kind: 'rule' },
  ];
}

function who(content: ReportContent): readonly Block[] {
  const { language, patient, visit } = content;
  const person: Block[] = [
    { kind: 'text', text: nameText(patient.name), size: 13, bold: true },
    { kind: 'field', label: numberLabel(language, patient.number), value: numberText(patient.number), size: 10 },
    { kind: 'field', label: word(language, 'ageAndSex'), value: ageSexText(language, patient), size: 10 },
    ...(patient.relation === undefined ? [] : [{ kind: 'text', text: inLanguage(language, patient.relation), size: 9 } as const]),
  ];
  const visitBlocks: Block[] =
    visit === undefined
      ? []
      : [
          { kind: 'field', label: word(language, 'department'), value: inLanguage(language, visit.department), size: 9 },
          { kind: 'field', label: word(language, 'visit'), value: `${formatNumber(visit.number)}, ${visit.date}`, size: 9 },
        ];
  const codes: Block[] = /^\d{12}$/.test(patient.number.digits)
    ? [{ kind: 'picture', image: code128Image(patient.number.digits, 0.3, 8), title: `Code 128 ${patient.number.digits}` }]
    : [];
  const other: Block[] = [
    ...codes,
    ...visitBlocks,
    ...(content.orderedBy === undefined
      ? []
      : [{ kind: 'field', label: word(language, 'orderedBy'), value: content.orderedBy, size: 9 } as const]),
    { kind: 'field', label: word(language, 'reported'), value: content.reportedAt, size: 9 },
  ];
  return [
    {
      kind: 'columns',
      gapMm: 4,
      aboveMm: 1,
      columns: [
        { widthMm: 'rest', blocks: person },
        { widthMm: 76, blocks: other },
      ],
    },
  ];
}

function specimens(content: ReportContent): Block {
  const { language } = content;
  const unknown = word(language, 'notRecorded');
  return {
    kind: 'table',
    aboveMm: 3,
    size: 8.5,
    head: (['specimen', 'accession', 'collected', 'received', 'condition'] as const).map((key) => word(language, key)),
    widths: ['rest', 34, 34, 34, 32],
    rows: content.specimens.map((one) => [
      { text: inLanguage(language, one.type) },
      { text: formatNumber(one.accession) },
      { text: one.collectedAt ?? unknown },
      { text: one.receivedAt ?? unknown },
      { text: one.condition === undefined ? unknown : inLanguage(language, one.condition) },
    ]),
  };
}

function results(content: ReportContent, rows: readonly ReportRow[]): Block {
  const { language } = content;
  return {
    kind: 'table',
    aboveMm: 1,
    size: 9.5,
    head: (['test', 'result', 'unit', 'range', 'flag'] as const).map((key) => word(language, key)),
    widths: ['rest', 26, 24, 38, 42],
    rows: rows.flatMap((row) => {
      const loud = !PLAIN_FLAGS.has(row.flag);
      const note = row.note === undefined ? {} : { below: inLanguage(language, row.note) };
      const cells: readonly Cell[] = [
        { text: inLanguage(language, row.name), bold: loud, ...note },
        { text: row.value, bold: true },
        { text: row.unit },
        { text: row.range ?? word(language, 'noRange') },
        { text: word(language, FLAGS[row.flag]), bold: loud },
      ];
      const { correction } = row;
      if (correction === undefined) return [cells];
      const facts = {
        old: `${correction.oldValue} ${correction.oldUnit}`.trim(),
        reason: correction.reason,
        by: correction.by,
        at: correction.at,
      };
      return [cells, [{ text: word(language, 'correctedRow', facts, '\n'), bold: true }]];
    }),
  };
}

function notes(content: ReportContent): readonly Block[] {
  const { language, identityLink } = content;
  const link: Block[] =
    identityLink === undefined
      ? []
      : [
          {
            kind: 'box',
            heavy: false,
            aboveMm: 3,
            blocks: [
              {
                kind: 'text',
                text: word(language, 'identityLink', { by: identityLink.confirmedBy, at: identityLink.at }, '\n'),
                size: 9,
                bold: true,
              },
            ],
          },
        ];
  const comments: Block[] =
    content.comments.length === 0
      ? []
      : [
          { kind: 'text', text: word(language, 'comments'), size: 9.5, bold: true, aboveMm: 3 },
          ...content.comments.map((comment): Block => ({ kind: 'text', text: inLanguage(language, comment, '\n'), size: 9 })),
        ];
  return [...link, ...comments];
}

function validators(content: ReportContent): Block {
  const { language } = content;
  const one = (key: 'technicalValidator' | 'medicalValidator', validator: Validator | undefined): readonly Block[] => [
    { kind: 'text', text: word(language, key), size: 8 },
    ...(validator === undefined
      ? [{ kind: 'text', text: word(language, 'notValidated'), size: 10, bold: true } as const]
      : [
          { kind: 'text', text: validator.name, size: 10, bold: true } as const,
          { kind: 'text', text: `${inLanguage(language, validator.role)}, ${validator.at}`, size: 8.5 } as const,
        ]),
  ];
  return {
    kind: 'keep',
    aboveMm: 5,
    blocks: [
      {
        kind: 'columns',
        gapMm: 6,
        columns: [
          { widthMm: 'rest', blocks: one('technicalValidator', content.technicalValidator) },
          { widthMm: 'rest', blocks: one('medicalValidator', content.medicalValidator) },
        ],
      },
    ],
  };
}
