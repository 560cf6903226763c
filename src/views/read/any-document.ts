// What can be asked of a document of any type without knowing its state: its patient and its status, where it has them.
import type { Document } from '#kernel/shared/document.ts';
import { parseStreamId, type StreamId } from '#kernel/shared/ids.ts';

export function patientOf({ stream, state }: Document): StreamId | undefined {
  if (stream.startsWith('patient/')) return stream;
  return typeof state === 'object' && state !== null && 'patient' in state ? parseStreamId(state.patient) : undefined;
}

export function statusOf({ state }: Document): string | null {
  return typeof state === 'object' && state !== null && 'status' in state && typeof state.status === 'string' ? state.status : null;
}
