// The A4 sheet that travels with a rack of tubes: each tube with two identifiers and its tests, and all of it signed in codes.
import { formatNumber } from '#kernel/shared/numbers.ts';
import { A4, type Paper } from './blocks.ts';
import { codeRows } from './codes.ts';
import type { RackSheetContent, RackTubeContent } from './content.ts';
import { ageSexText, nameText, numberLabel, numberText, plainTests } from './patient-text.ts';
import { inLanguage, word } from './strings.ts';

const MARGIN_MM = 12;

export function rackSheetPaper(content: RackSheetContent): Paper {
  const { language } = content;
  const count = word(language, 'rackCount', { count: content.tubes.length });
  return {
    title: word(language, 'rackSheet'),
    language: language === 'en' ? 'en' : 'hi',
    ...A4,
    marginMm: MARGIN_MM,
    running: `${word(language, 'rackSheet')}  |  ${inLanguage(language, content.from)} -> ${inLanguage(language, content.to)}  |  ${count}  |  ${content.printedAt}`,
    foot: word(language, 'printed', { at: content.printedAt, by: content.sentBy }),
    pageWord: word(language, 'page'),
    blocks: [
      {
        kind: 'columns',
        gapMm: 4,
        columns: [
          { widthMm: 'rest', blocks: [{ kind: 'text', text: inLanguage(language, content.hospital.name), size: 12, bold: true }] },
          {
            widthMm: 60,
            blocks: [
              { kind: 'text', text: word(language, 'rackSheet'), size: 14, bold: true, align: 'right' },
              ...(content.copy > 1
                ? [
                    {
                      kind: 'text',
                      text: word(language, 'duplicate', { copy: content.copy }),
                      size: 10,
                      bold: true,
                      align: 'right',
                    } as const,
                  ]
                : []),
            ],
          },
        ],
      },
      { kind: 'rule' },
      {
        kind: 'columns',
        gapMm: 4,
        columns: [
          {
            widthMm: 'rest',
            blocks: [
              { kind: 'field', label: word(language, 'from'), value: inLanguage(language, content.from), size: 10 },
              { kind: 'field', label: word(language, 'to'), value: inLanguage(language, content.to), size: 10 },
              { kind: 'field', label: word(language, 'sentBy'), value: `${content.sentBy}, ${content.printedAt}`, size: 10 },
            ],
          },
          {
            widthMm: 70,
            blocks: [
              { kind: 'text', text: count, size: 16, bold: true, align: 'right' },
              {
                kind: 'text',
                text: `${word(language, 'receivedBy')}:\n\n_______________________________`,
                size: 8,
                align: 'right',
                aboveMm: 1,
              },
            ],
          },
        ],
      },
      {
        kind: 'table',
        aboveMm: 2,
        size: 8.5,
        head: [
          '#',
          word(language, 'accession'),
          word(language, 'patient'),
          word(language, 'tube'),
          word(language, 'tests'),
          word(language, 'collected'),
        ],
        widths: [7, 28, 'rest', 30, 28, 23],
        rows: content.tubes.map((tube, index) => row(content, tube, index)),
      },
      ...codeRows(language, content.codes, {
        innerMm: A4.widthMm - MARGIN_MM * 2,
        widestMm: 37,
        hint: word(language, 'rackHint', {}, '\n'),
      }),
    ],
  };
}

function row(content: RackSheetContent, tube: RackTubeContent, index: number) {
  const { language } = content;
  const tests = plainTests(tube.tests).map((test) => test.code);
  // Whoever reads it must know that there is more to do than stands here, without learning what.
  const hidden = tube.tests.length - tests.length;
  const number = `${numberLabel(language === 'both' ? 'en' : language, tube.patient.number)} ${numberText(tube.patient.number)} · ${ageSexText(language === 'both' ? 'en' : language, tube.patient)}`;
  const urgent = tube.urgent ? { below: word(language, 'urgent') } : {};
  return [
    { text: String(index + 1) },
    { text: formatNumber(tube.accession), bold: true, ...urgent },
    { text: nameText(tube.patient.name), bold: true, below: number },
    { text: inLanguage(language, tube.container) },
    { text: [...tests, ...(hidden > 0 ? [`+${hidden}`] : [])].join(' ') },
    { text: tube.collectedAt ?? word(language, 'notRecorded') },
  ];
}
