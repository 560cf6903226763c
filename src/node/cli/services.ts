// What the verbs of the command line do, as types: the verbs parse and print, these are handed in and do the work.
import type { Readable, Writable } from 'node:stream';

/** Printed on stdout as one line of JSON. */
export type Output = Readonly<Record<string, unknown>>;

/** A process that goes on until it is told to stop. */
export interface Running {
  /** Printed when it is ready to serve. */
  readonly output: Output;
  /** Resolves when everything acknowledged is on disk and every connection is closed. */
  stop(): Promise<void>;
  /** Resolves when it has ended by itself. */
  readonly ended?: Promise<void>;
}

export interface VerifyOutput extends Output {
  readonly commits: number;
  readonly devices: number;
  readonly ok: boolean;
  readonly problems: readonly unknown[];
}

export type InviteRole = 'hub' | 'desk' | 'vault';

export interface Services {
  init(options: {
    readonly dir: string;
    readonly hospital: string;
    readonly adminPassword: string;
    /** DNS suffixes of the hospital, beside the private ones, for which its hubs may have certificates. */
    readonly domains?: readonly string[];
    /** A file for the printable recovery kit; none when absent. */
    readonly recoveryKit?: string;
  }): Promise<Output>;
  hub(options: HubOptions): Promise<Running>;
  invite(options: { readonly dir: string; readonly role: InviteRole; readonly desk?: string; readonly name?: string }): Promise<Output>;
  join(options: { readonly dir: string; readonly hub: URL; readonly invite: string }): Promise<Output>;
  /** Ends when the input ends. */
  desk(options: {
    readonly dir: string;
    readonly hubs: readonly URL[];
    readonly input: Readable;
    readonly output: Writable;
  }): Promise<void>;
  verify(options: { readonly dir: string } | { readonly file: string }): Promise<VerifyOutput>;
  digest(options: { readonly dir: string }): Promise<Output>;
  export(options: { readonly dir: string; readonly out: string }): Promise<Output>;
  /** @param options.from URLs, folders and files, as they were written */
  restore(options: { readonly dir: string; readonly from: readonly string[]; readonly invite?: string }): Promise<VerifyOutput>;
  load(options: { readonly dir: string; readonly visits: number; readonly seed: number }): Promise<Output>;
  demo(options: { readonly dir?: string; readonly port?: number }): Promise<Running>;
  demoKill(options: { readonly dir?: string; readonly name: string }): Promise<Output>;
}

export interface HubOptions {
  readonly dir: string;
  /** 0: any free port. */
  readonly port: number;
  /** Address to listen on; loopback when absent. */
  readonly host?: string;
  /** Further DNS names under which desks call this hub, for its certificate. */
  readonly names?: readonly string[];
  /** Where the page that installs the hospital certificate is also served over plain http; 0: any free port. */
  readonly plainPort?: number;
  readonly peers: readonly URL[];
  /** Pages that may call this hub from another origin: the shared name under which hubs serve the desks. */
  readonly origins?: readonly URL[];
}
