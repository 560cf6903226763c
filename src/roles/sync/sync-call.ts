// One call of replication and its answer, as whoever serves sees them: without HTTP.

export interface SyncCall {
  /** Last part of the path: `/sync/hello` and so on. */
  readonly verb: string;
  readonly token: string | undefined;
  readonly body: Uint8Array;
  /** Resolves when the caller has gone away. */
  readonly aborted?: Promise<void>;
}

export type SyncReply =
  | { readonly status: 200; readonly json: unknown }
  | { readonly status: 200; readonly bytes: Uint8Array }
  | { readonly status: 400 | 401 | 403 | 404 | 413 | 503; readonly code: string; readonly retryAfterSeconds?: number };

const decode = new TextDecoder();

/** @returns undefined for what is not JSON or not of this form */
export function parseJson<T>(
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
  bytes: Uint8Array,
): T | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(decode.decode(bytes)));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined; // not JSON
  }
}
