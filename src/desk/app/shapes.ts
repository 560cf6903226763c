// What the screens read from each query: only the fields that they show. The answers of src/views must fit these.

export type Reach = 'here' | 'hub' | 'two-hubs' | 'vault';
export type Sex = 'female' | 'male' | 'other' | 'unknown';

/** Age as told: exactly one unit, and the day on which it was told. */
export interface AgeShape { readonly years?: number; readonly months?: number; readonly days?: number; readonly on?: string }
export interface RelationShape { readonly kind: string; readonly name: string }

export interface PatientBrief {
  readonly patient: string;
  /** Absent for an unknown patient who has a temporary name only. */
  readonly uhid?: string;
  readonly name: string;
  readonly nameHi?: string;
  readonly sex: Sex;
  readonly age?: AgeShape;
  readonly birthDate?: string;
  readonly relation?: RelationShape;
  readonly phone?: string;
  readonly address?: string;
  readonly district?: string;
  readonly unknown?: boolean;
  /** The number was taken as told; the record is kept elsewhere. */
  readonly recordElsewhere?: boolean;
  readonly reach?: Reach;
}

/** Said by a duplicate search: how alike, and in what. */
export interface PossibleDuplicate extends PatientBrief { readonly why: readonly string[] }

export type Allergies =
  | { readonly status: 'not-asked' }
  | { readonly status: 'none-known'; readonly at?: number }
  | { readonly status: 'recorded'; readonly items: readonly { readonly id?: string; readonly substance: string; readonly reaction?: string; readonly severity?: string }[] };

export interface VisitShape { readonly visit: string; readonly number?: string; readonly department: string; readonly at: number; readonly status: string; readonly reach?: Reach }

export interface SpecimenShape {
  readonly specimen: string;
  readonly accession?: string;
  readonly container: string;
  readonly status: string;
  readonly tests: readonly string[];
  readonly order?: string;
  readonly collectedAt?: number;
  readonly receivedAt?: number;
  readonly reason?: string;
  readonly reach?: Reach;
}

export type Flag = 'low' | 'high' | 'critical-low' | 'critical-high' | 'normal' | 'abnormal' | 'not-evaluated';

export interface ResultShape {
  readonly result: string;
  readonly accession?: string;
  readonly test: string;
  readonly name?: string;
  readonly value: string;
  readonly unit?: string;
  readonly range?: string;
  readonly flag: Flag;
  /** Why it was not evaluated, as a code. */
  readonly notEvaluated?: string;
  readonly at: number;
  readonly status: string;
  readonly reach?: Reach;
}

export interface ReportBrief { readonly report: string; readonly number?: string; readonly version: number; readonly at: number; readonly status: string; readonly tests: readonly string[]; readonly reach?: Reach }

export interface PatientPage extends PatientBrief {
  readonly aliases?: readonly { readonly system: string; readonly value: string }[];
  readonly allergies: Allergies;
  readonly alerts: readonly string[];
  readonly visits: readonly VisitShape[];
  readonly specimens: readonly SpecimenShape[];
  readonly results: readonly ResultShape[];
  readonly reports: readonly ReportBrief[];
  /** When a hub last told this desk about this patient; undefined when never. */
  readonly asOf?: number;
}

export interface DepartmentShape { readonly code: string; readonly name: string; readonly nameHi?: string }

export interface TestShape {
  readonly code: string;
  readonly name: string;
  readonly nameHi?: string;
  readonly container: string;
  readonly specimenType?: string;
  readonly unit?: string;
}
export interface PanelShape { readonly code: string; readonly name: string; readonly nameHi?: string; readonly tests: readonly string[] }
export interface ContainerShape { readonly code: string; readonly name: string; readonly nameHi?: string; readonly colour: string; readonly orderOfDraw: number; readonly volumeMl?: number }
export interface Catalogue { readonly tests: readonly TestShape[]; readonly panels: readonly PanelShape[]; readonly containers: readonly ContainerShape[] }

export interface TubeDue extends SpecimenShape { readonly patient?: PatientBrief; readonly orderedAt?: number; readonly department?: string; readonly temporaryName?: string; readonly linked?: string; readonly unidentified?: boolean }
export interface SpecimenPage extends TubeDue { readonly asOf?: number; readonly results?: readonly ResultShape[]; readonly custody?: readonly { readonly what: string; readonly at: number; readonly by?: string }[] }

export interface LabRow {
  readonly result?: string;
  readonly specimen: string;
  readonly accession: string;
  readonly patient?: PatientBrief;
  readonly test: string;
  readonly name?: string;
  readonly department?: string;
  readonly status: string;
  readonly value?: string;
  readonly unit?: string;
  readonly units?: readonly string[];
  readonly range?: string;
  readonly flag?: Flag;
  readonly notEvaluated?: string;
  readonly delta?: { readonly status: 'passed' | 'failed' | 'not-evaluated'; readonly previous?: string; readonly percent?: number };
  readonly enteredBy?: string;
  readonly receivedAt?: number;
  readonly report?: string;
  readonly reach?: Reach;
}

export interface CriticalCall { readonly call: string; readonly result: string; readonly accession: string; readonly patient?: PatientBrief; readonly test: string; readonly name?: string; readonly value: string; readonly unit?: string; readonly since: number; readonly attempts: readonly { readonly at: number; readonly told?: string; readonly outcome: string }[]; readonly contact?: string; readonly status: 'open' | 'closed' }

export interface ReportPage extends ReportBrief { readonly patient: PatientBrief; readonly accession?: string; readonly results: readonly ResultShape[]; readonly technicalBy?: string; readonly medicalBy?: string; readonly releasedAt?: number; readonly history?: readonly { readonly version: number; readonly at: number; readonly reason: string; readonly by?: string; readonly changes: readonly { readonly test: string; readonly from: string; readonly to: string }[] }[] }

export interface TrendPoint { readonly at: number; readonly value: number; readonly text: string; readonly flag: Flag }
export interface Trend { readonly test: string; readonly name?: string; readonly unit?: string; readonly low?: number; readonly high?: number; readonly criticalLow?: number; readonly criticalHigh?: number; readonly points: readonly TrendPoint[] }

export interface ReconcileFact { readonly ref: string; readonly what: string; readonly at: number; readonly by?: string; readonly device?: string; readonly values?: Readonly<Record<string, string | number>> }
export interface ReconcileItem { readonly id: string; readonly kind: 'issue' | 'check'; readonly code: string; readonly stream: string; readonly patient?: PatientBrief; readonly facts: readonly ReconcileFact[]; readonly outcomes: readonly string[]; readonly since: number }

export interface UserBrief { readonly user: string; readonly userName: string; readonly name: string; readonly nameHi?: string; readonly roles: readonly string[]; readonly pin?: boolean }
