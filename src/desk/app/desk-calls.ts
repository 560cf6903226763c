// The calls that are neither command nor query, with what each takes and gives. The replica's worker answers them.
import type { PrintLanguage } from '#print/content.ts';
import type { Language } from '#desk/i18n/keys.ts';
import type { Reach } from './shapes.ts';

export interface Session {
  readonly user: string;
  readonly userName: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
  readonly language?: Language;
}

export interface HubStatus {
  readonly name: string;
  readonly url: string;
  readonly reachable: boolean;
  readonly used: boolean;
  /** Older patients are still being fetched from it. */
  readonly catchingUp?: boolean;
  readonly lastSeen?: number;
}
export interface DeviceStatus {
  readonly device: string;
  readonly name: string;
  readonly role: string;
  readonly lastHeard?: number;
  readonly unsent?: number;
  readonly self?: boolean;
}

export interface DeskStatus {
  readonly enrolled: boolean;
  readonly device?: { readonly name: string; readonly id: string; readonly desks: readonly string[]; readonly epoch?: string };
  readonly hospital?: string;
  /** Commits that are on this PC and on no hub yet. */
  readonly waiting: number;
  readonly hubs: readonly HubStatus[];
  /** Commits by how far they have got. */
  readonly reach?: { readonly here: number; readonly hub: number; readonly twoHubs: number };
  readonly storage: {
    readonly ok: boolean;
    readonly code?: string;
    readonly persisted: boolean;
    readonly usedBytes?: number;
    readonly quotaBytes?: number;
    readonly engine?: string;
    readonly leader?: boolean;
    readonly encrypted?: boolean;
    readonly notes?: readonly string[];
  };
  readonly clock?: { readonly suspect: boolean; readonly driftMs?: number };
  /** The name index of all patients. No rows and no percent: nothing has come yet. */
  readonly names?: {
    readonly rows: number;
    readonly version: string;
    readonly loadingPercent?: number | undefined;
    readonly asOf?: number | undefined;
  };
  readonly version: string;
  readonly issues?: number;
}

export interface DeskCalls {
  readonly session: { readonly args: Record<string, never>; readonly result: Session | null };
  readonly signIn: {
    readonly args: { readonly user: string; readonly secret: string; readonly kind: 'password' | 'pin' };
    readonly result: Session;
  };
  readonly signOut: { readonly args: Record<string, never>; readonly result: null };
  readonly may: {
    readonly args: { readonly command: string; readonly input?: unknown };
    readonly result: { readonly ok: boolean; readonly code?: string; readonly facts?: Readonly<Record<string, string | number>> };
  };
  readonly status: { readonly args: Record<string, never>; readonly result: DeskStatus };
  /** How far the last commit of each stream has got. */
  readonly reach: { readonly args: { readonly streams: readonly string[] }; readonly result: Readonly<Record<string, Reach>> };
  readonly sync: {
    readonly args: Record<string, never>;
    readonly result: { readonly sent: number; readonly received: number; readonly with?: string };
  };
  readonly enrol: { readonly args: { readonly hub: string; readonly invite: string }; readonly result: { readonly name: string } };
  readonly scan: { readonly args: { readonly text: string }; readonly result: ScanResult };
  readonly slip: { readonly args: { readonly patient: string }; readonly result: { readonly texts: readonly string[] } };
  readonly print: { readonly args: PrintRequest; readonly result: PrintedPaper };
  readonly export: { readonly args: Record<string, never>; readonly result: { readonly name: string; readonly bytes: Uint8Array } };
  readonly checkIntegrity: {
    readonly args: Record<string, never>;
    readonly result: { readonly ok: boolean; readonly commits: number; readonly problems: readonly string[] };
  };
}

/** What a paper turned out to be. `where` is the device that signed it. */
export type ScanResult =
  | {
      readonly kind: 'slip' | 'rack' | 'report';
      readonly part: number;
      readonly parts: number;
      readonly complete: boolean;
      readonly accepted: number;
      readonly known: number;
      readonly from?: string;
      readonly patient?: string;
      readonly accessions?: readonly string[];
    }
  | { readonly kind: 'number'; readonly number: string };

export type PrintRequest =
  | { readonly paper: 'slip'; readonly patient: string; readonly order?: string; readonly language: PrintLanguage }
  | { readonly paper: 'label'; readonly specimens: readonly string[]; readonly copies?: number; readonly language: Language }
  | { readonly paper: 'twin'; readonly specimen: string; readonly language: Language }
  | { readonly paper: 'rack'; readonly specimens: readonly string[]; readonly language: Language }
  | { readonly paper: 'report'; readonly report: string; readonly language: PrintLanguage };

/** Pages ready to print: complete HTML of one document, its sheet size, and a PDF where there is one. */
export interface PrintedPaper {
  readonly html: string;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly pdf?: Uint8Array;
  readonly fileName?: string;
  /** Labels for a label printer, where every name can be drawn. */
  readonly zpl?: string;
  /** The highest copy among what was printed, where prints of it are counted: 1 is the first. */
  readonly copy?: number;
}
