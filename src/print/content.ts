// What goes on paper, already resolved by the caller: texts, numbers and dates as they are to be read. No streams, no views, no clock.

/** A text in both languages. Where only one is known, the caller gives it twice. */
export interface Both {
  readonly en: string;
  readonly hi: string;
}

export type PrintLanguage = 'en' | 'hi' | 'both';

export interface PersonName {
  /** At least one of the two is there. */
  readonly latin?: string;
  readonly devanagari?: string;
}

/** The number that stands beside the name: two identifiers on every paper. Digits only. */
export interface PersonNumber {
  readonly kind: 'uhid' | 'temporary' | 'external';
  readonly digits: string;
}

export interface PatientContent {
  readonly name: PersonName;
  readonly number: PersonNumber;
  /** As told, for example `34 years` / `34 वर्ष`; or that it is not known. */
  readonly age: Both;
  readonly sex: Both;
  /** `W/O Ramesh Kumar` / `पति: रमेश कुमार`. */
  readonly relation?: Both;
  readonly phone?: string;
}

export interface HospitalContent {
  readonly name: Both;
  readonly place?: Both;
  readonly phone?: string;
}

/** Nobody asked is not the same as none. */
export type AskedList =
  | { readonly status: 'not-asked' }
  | { readonly status: 'none'; readonly askedOn: string }
  | { readonly status: 'listed'; readonly items: readonly Both[] };

export interface TestContent {
  readonly code: string;
  readonly name: Both;
  /** HIV and the like: never in the plain part of a paper; the signed codes carry it for who may read it. */
  readonly sensitive: boolean;
}

export interface TubeContent {
  /** 12 digits. */
  readonly accession: string;
  /** `EDTA, lavender cap`. */
  readonly container: Both;
  readonly tests: readonly TestContent[];
  readonly collectedAt?: string;
}

export interface VisitContent {
  readonly number: string;
  readonly department: Both;
  readonly room?: Both;
  readonly date: string;
  readonly token?: string;
}

export interface OrderContent {
  readonly number: string;
  readonly orderedAt: string;
  readonly urgent: boolean;
  readonly tests: readonly TestContent[];
}

export interface SlipContent {
  readonly language: PrintLanguage;
  readonly hospital: HospitalContent;
  readonly patient: PatientContent;
  readonly allergies: AskedList;
  readonly alerts: AskedList;
  readonly visit?: VisitContent;
  readonly orders: readonly OrderContent[];
  readonly tubes: readonly TubeContent[];
  /** What to do next, in order: where to go, with what. */
  readonly next: readonly Both[];
  /** The texts of `encodePaper`, one for each symbol; at most three. */
  readonly codes: readonly string[];
  readonly printedAt: string;
  readonly printedBy: string;
  /** 1 for the first print; from 2 it is marked a duplicate. */
  readonly copy: number;
}

export interface LabelContent {
  readonly accession: string;
  readonly patient: Pick<PatientContent, 'name' | 'number'>;
  /** Short, Latin: `34Y F`. */
  readonly ageSex: string;
  /** Short, Latin: `EDTA 3 mL`. */
  readonly container: string;
  readonly tests: readonly TestContent[];
  readonly urgent: boolean;
  readonly collector?: string;
  /** Short: `23-11-26 10:42`. Collected, not printed; absent leaves a line to write on. */
  readonly collectedAt?: string;
  /** True where the name or number is as told or temporary: a twin label is printed for slip or band. */
  readonly unidentified: boolean;
}

export interface RackTubeContent extends TubeContent {
  readonly patient: PatientContent;
  readonly urgent: boolean;
}

export interface RackSheetContent {
  readonly language: PrintLanguage;
  readonly hospital: HospitalContent;
  readonly from: Both;
  readonly to: Both;
  readonly sentBy: string;
  readonly printedAt: string;
  readonly tubes: readonly RackTubeContent[];
  readonly codes: readonly string[];
  /** 1 for the first print; from 2 it is marked a duplicate. */
  readonly copy: number;
}

export type ResultFlag = 'normal' | 'low' | 'high' | 'abnormal' | 'critical-low' | 'critical-high' | 'critical' | 'not-evaluated';

export interface ReportRow {
  readonly name: Both;
  readonly value: string;
  readonly unit: string;
  /** As printed, for example `150 - 450`; absent where no approved range fits age and sex. */
  readonly range?: string;
  readonly flag: ResultFlag;
  readonly note?: Both;
  readonly correction?: {
    readonly oldValue: string;
    readonly oldUnit: string;
    readonly reason: string;
    readonly by: string;
    readonly at: string;
  };
}

export interface ReportSection {
  readonly title: Both;
  readonly accession: string;
  readonly rows: readonly ReportRow[];
}

export interface ReportSpecimen {
  readonly accession: string;
  readonly type: Both;
  readonly collectedAt?: string;
  readonly receivedAt?: string;
  readonly condition?: Both;
}

export interface Validator {
  readonly name: string;
  readonly role: Both;
  readonly at: string;
}

export interface ReportContent {
  readonly language: PrintLanguage;
  readonly hospital: HospitalContent;
  readonly laboratory: Both;
  readonly number: string;
  readonly status: 'preliminary' | 'final' | 'corrected';
  readonly patient: PatientContent;
  readonly visit?: VisitContent;
  readonly orderedBy?: string;
  readonly specimens: readonly ReportSpecimen[];
  readonly sections: readonly ReportSection[];
  readonly technicalValidator?: Validator;
  readonly medicalValidator?: Validator;
  readonly reportedAt: string;
  /** Set where tube and patient were linked later and a second person confirmed it. */
  readonly identityLink?: { readonly confirmedBy: string; readonly at: string };
  readonly comments: readonly Both[];
  readonly codes: readonly string[];
  readonly printedAt: string;
  readonly copy: number;
}
