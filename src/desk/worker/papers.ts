// The papers of a desk: content from the views, signed commits as QR from the replica, layout from print. No screen, no storage.
import { parseStreamId, streamType, type StreamId } from '#kernel/shared/ids.ts';
import type { Rejection } from '#kernel/shared/rejection.ts';
import type { SpecimenState } from '#kernel/specimen/specimen.ts';
import type { PaperKind } from '#journal/paper/limits.ts';
import type { LabelContent, PrintLanguage, RackSheetContent, ReportContent, SlipContent } from '#print/content.ts';
import type { Paper as PaperLayout } from '#print/blocks.ts';
import { paperHtml } from '#print/html.ts';
import { labelsHtml } from '#print/label-html.ts';
import type { Letters } from '#print/draw-text.ts';
import { labelZpl, needsLetters } from '#print/label-zpl.ts';
import { createPdfWriter, type PdfMake, type PdfWriter } from '#print/pdf.ts';
import { rackSheetPaper } from '#print/rack-sheet.ts';
import { reportPaper } from '#print/report.ts';
import { slipPaper } from '#print/slip.ts';
import type { DeskRole } from '#roles/desk-role.ts';
import type { Session } from '#roles/sessions.ts';
import type { QueryResult } from '#views/query-signatures.ts';
import { timeText } from '#views/words.ts';
import { instant } from '#kernel/shared/time.ts';
import { openLetters } from './letters.ts';
import { fontCss, letterFonts, loadFont } from './paper-fonts.ts';

export interface PrintedPaper {
  readonly html: string;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly pdf?: Uint8Array;
  readonly fileName?: string;
  /** The same labels for a label printer that speaks ZPL. */
  readonly zpl?: string;
  /** The highest copy among them: 1 is the first. */
  readonly copy: number;
}

export type Printed = { readonly ok: true; readonly result: PrintedPaper } | { readonly ok: false; readonly rejection: Rejection };

export interface PrintOrder {
  readonly paper: 'slip' | 'label' | 'twin' | 'rack' | 'report';
  readonly patient?: string;
  readonly specimens?: readonly string[];
  readonly specimen?: string;
  readonly report?: string;
  readonly copies?: number;
  readonly language: PrintLanguage;
}

const LABEL_WIDTH_MM = 50;
const LABEL_HEIGHT_MM = 25;

export class Papers {
  readonly #desk: DeskRole;
  #writer: Promise<PdfWriter> | undefined;
  #letters: Promise<Letters | undefined> | undefined;

  constructor(desk: DeskRole) {
    this.#desk = desk;
  }

  async print(session: Session, order: PrintOrder): Promise<Printed> {
    switch (order.paper) {
      case 'slip':
        return this.#slip(session, order.patient ?? '', order.language);
      case 'label':
      case 'twin':
        return this.#labels(session, order.specimens ?? (order.specimen === undefined ? [] : [order.specimen]), order.copies ?? 1);
      case 'rack':
        return this.#rack(session, order.specimens ?? [], order.language);
      case 'report':
        return this.#report(session, order.report ?? '', order.language);
      default:
        return order.paper satisfies never;
    }
  }

  async #slip(session: Session, patient: string, language: PrintLanguage): Promise<Printed> {
    const answered = await this.#ask<'slipContent'>(session, 'slipContent', { patient });
    if (!answered.ok) return answered;
    const codes = await this.#codes('slip', answered.result.streams);
    if (!codes.ok) return codes;
    const content: SlipContent = { ...answered.result.content, language, codes: codes.texts, ...this.#printed(session) };
    const { streams } = answered.result;
    await this.#count(
      session,
      'slip',
      streams[0],
      streams.find((stream) => streamType(stream) === 'visit'),
    );
    return this.#paper(slipPaper(content), `slip-${answered.result.content.patient.number.digits}.pdf`, content.copy);
  }

  async #labels(session: Session, specimens: readonly string[], copies: number): Promise<Printed> {
    const labels: LabelContent[] = [];
    let copy = 1;
    for (const specimen of specimens) {
      const answered = await this.#ask<'labelContent'>(session, 'labelContent', { accession: await this.#accession(specimen) });
      if (!answered.ok) return answered;
      // The desk records a label with its reason before it asks for it: the one after it is the next copy.
      copy = Math.max(copy, answered.result.copy - 1);
      for (let i = 0; i < Math.min(10, Math.max(1, copies)); i += 1) labels.push(answered.result.content);
    }
    const letters = labels.some(needsLetters) ? await this.#drawnLetters() : undefined;
    const drawn = labels.map((label) => labelZpl(label, letters));
    // A name that neither the printer's letters nor ours can draw is printed by the browser only.
    const zpl = drawn.every((each) => each.ok)
      ? { zpl: drawn.map((each) => (each.ok ? each.zpl : '')).join(''), fileName: 'labels.zpl' }
      : {};
    return { ok: true, result: { html: labelsHtml(labels, fontCss), widthMm: LABEL_WIDTH_MM, heightMm: LABEL_HEIGHT_MM, copy, ...zpl } };
  }

  async #rack(session: Session, specimens: readonly string[], language: PrintLanguage): Promise<Printed> {
    const accessions: string[] = [];
    for (const specimen of specimens) accessions.push(await this.#accession(specimen));
    const answered = await this.#ask<'rackSheetContent'>(session, 'rackSheetContent', { accessions });
    if (!answered.ok) return answered;
    const codes = await this.#codes('rack', answered.result.streams);
    if (!codes.ok) return codes;
    const device = this.#desk.replica.own?.identity.device;
    const name = (device === undefined ? undefined : this.#desk.replica.trust.device(device)?.name) ?? '';
    const { printedAt, printedBy } = this.#printed(session);
    const content: RackSheetContent = {
      ...answered.result.content,
      language,
      from: { en: name, hi: name },
      to: { en: 'Laboratory', hi: 'प्रयोगशाला' },
      sentBy: printedBy,
      printedAt,
      codes: codes.texts,
    };
    await this.#count(session, 'rack-sheet', answered.result.firstTube ?? undefined);
    return this.#paper(rackSheetPaper(content), 'rack-sheet.pdf', content.copy);
  }

  async #report(session: Session, report: string, language: PrintLanguage): Promise<Printed> {
    const answered = await this.#ask<'reportContent'>(session, 'reportContent', { report });
    if (!answered.ok) return answered;
    const codes = await this.#codes('report', answered.result.streams);
    if (!codes.ok) return codes;
    const content = { ...answered.result.content, language, codes: codes.texts, ...this.#printed(session) } as ReportContent; // the shapes of views are those of print, checked by its tests
    await this.#count(session, 'report', report);
    return this.#paper(reportPaper(content), `report-${answered.result.content.number}.pdf`, content.copy);
  }

  async #paper(paper: PaperLayout, fileName: string, copy: number): Promise<Printed> {
    const pdf = await (await this.#pdfWriter()).write(paper, new Date(this.#desk.ports.clock.now()));
    return { ok: true, result: { html: paperHtml(paper, fontCss), widthMm: paper.widthMm, heightMm: paper.heightMm, pdf, fileName, copy } };
  }

  #pdfWriter(): Promise<PdfWriter> {
    // Loaded at the first paper: the desk is usable long before anybody prints.
    this.#writer ??= import('pdfmake').then((module) => createPdfWriter((module.default ?? module) as unknown as PdfMake, loadFont)); // its own types name Node and the DOM
    return this.#writer;
  }

  #drawnLetters(): Promise<Letters | undefined> {
    // Loaded at the first name that needs them: most labels are in Latin letters. The next label tries again what failed.
    this.#letters ??= letterFonts()
      .then(openLetters)
      .catch(() => (this.#letters = undefined));
    return this.#letters;
  }

  async #codes(
    kind: PaperKind,
    streams: readonly StreamId[],
  ): Promise<{ readonly ok: true; readonly texts: readonly string[] } | { readonly ok: false; readonly rejection: Rejection }> {
    return this.#desk.paper.sheet(kind, streams);
  }

  /** Each print is counted, so that the next one is marked a duplicate. One that may not be counted is printed all the same. */
  async #count(session: Session, what: 'slip' | 'report' | 'rack-sheet', of: string | undefined, visit?: StreamId): Promise<void> {
    const more = visit === undefined ? {} : { visit };
    if (of !== undefined) await this.#desk.station.command(session, 'recordPrint', { what, of, ...more });
  }

  #printed(session: Session): { readonly printedAt: string; readonly printedBy: string } {
    return { printedAt: timeText(instant(this.#desk.ports.clock.now())), printedBy: session.name };
  }

  async #accession(text: string): Promise<string> {
    const stream = parseStreamId(text);
    if (stream === undefined) return text;
    return (await this.#desk.replica.document<SpecimenState>(stream))?.state.accession ?? text;
  }

  async #ask<N extends 'slipContent' | 'labelContent' | 'rackSheetContent' | 'reportContent'>(
    session: Session,
    name: N,
    input: unknown,
  ): Promise<{ readonly ok: true; readonly result: QueryResult<N> } | { readonly ok: false; readonly rejection: Rejection }> {
    const answered = await this.#desk.station.query(session, name, input);
    return answered.ok ? { ok: true, result: answered.result as QueryResult<N> } : answered; // the query of that name has that result
  }
}
