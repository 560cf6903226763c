// The client that screens were written against, on top of the tab's way to the replica. It must not know React or storage.
import type { Answer, DeskClient, DeskNews } from './app/desk-client.ts';
import type { Desk } from './client.ts';
import { DeskCallError } from './worker/rpc.ts';
import type { DeskChange } from './worker/service.ts';

/** This tab's session survives a reload: the worker keeps only its hash. Closing the tab forgets it. */
const SESSION = 'nirantar-session';

function keepSession(method: string, answer: Answer<unknown>): void {
  if (method === 'signOut') sessionStorage.removeItem(SESSION);
  else if (answer.ok && typeof answer.result === 'object' && answer.result !== null && 'token' in answer.result)
    sessionStorage.setItem(SESSION, String(answer.result.token));
}

export function screenClient(desk: Desk): DeskClient {
  async function answered<R>(work: Promise<unknown>): Promise<Answer<R>> {
    try {
      const value = await work;
      return isAnswer<R>(value) ? value : { ok: true, result: value as R }; // the caller names what the method gives
    } catch (error) {
      if (error instanceof DeskCallError) return { ok: false, rejection: { code: error.code, facts: error.facts } };
      throw error;
    }
  }
  return {
    command: (name, input, key) => answered(desk.command(name, input, key)),
    query: (name, input) => answered(desk.query(name, input)),
    call: async <R>(method: string, args: unknown) => {
      if (method !== 'signIn' && method !== 'signOut' && method !== 'session') return answered<R>(desk.call(method, args));
      const answer = await answered<R>(desk.call(method, method === 'session' ? { token: sessionStorage.getItem(SESSION) ?? '' } : args));
      keepSession(method, answer);
      return answer;
    },
    subscribe: (listener) => desk.subscribe((change) => listener(news(change))),
  };
}

function isAnswer<R>(value: unknown): value is Answer<R> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'ok' in value &&
    (value.ok === true ? 'result' in value : value.ok === false && 'rejection' in value)
  );
}

function news(change: DeskChange): DeskNews {
  switch (change.kind) {
    case 'documents':
      return { kind: 'changed', types: change.types };
    case 'restarted':
      return { kind: 'changed' };
    case 'sync':
      return { kind: 'status' };
    case 'session':
      return { kind: 'session' };
    default:
      return change satisfies never;
  }
}
