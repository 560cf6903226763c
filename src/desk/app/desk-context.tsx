// What every screen may use: the client, who is signed in, the desk's status, questions that refresh themselves, orders.
import type { Rejection } from '#kernel/shared/rejection.ts';
import type { QueryInput, QueryName, QueryResult } from '#views/query-signatures.ts';
import { QueryClient, QueryClientProvider, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { createContext, type ReactElement, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { Answer, DeskClient } from './desk-client.ts';
import type { DeskCalls, DeskStatus, Session } from './desk-calls.ts';
import type { Reach } from './shapes.ts';
import { isTouched } from './touched.ts';

/** Carries a rejection through the query library, which knows only errors. */
export class RejectedError extends Error {
  readonly rejection: Rejection;
  constructor(rejection: Rejection) {
    super(rejection.code);
    this.rejection = rejection;
  }
}

const ClientContext = createContext<DeskClient | undefined>(undefined);

export function useClient(): DeskClient {
  const client = useContext(ClientContext);
  if (client === undefined) throw new Error('invariant: screens stand inside DeskProvider');
  return client;
}

/** How often the clock on the screen and the status are looked at again, in milliseconds. News comes at once besides. */
const STATUS_EVERY_MS = 5000;

export function DeskProvider({ client, children }: { readonly client: DeskClient; readonly children: ReactNode }): ReactElement {
  const queries = useMemo(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: { retry: false, staleTime: 2000, refetchOnWindowFocus: false, networkMode: 'always' },
          mutations: { networkMode: 'always' },
        },
      }),
    [],
  );
  useEffect(
    () =>
      client.subscribe((news) => {
        if (news.kind === 'changed')
          void queries.invalidateQueries({
            predicate: (query) => query.queryKey[0] === 'ask' && isTouched(String(query.queryKey[1]), news.types),
          });
        if (news.kind === 'status' || news.kind === 'changed') void queries.invalidateQueries({ queryKey: ['call', 'status'] });
        if (news.kind === 'session') void queries.invalidateQueries();
      }),
    [client, queries],
  );
  return (
    <ClientContext.Provider value={client}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </ClientContext.Provider>
  );
}

/** A query of the replica, asked again whenever something changed. `undefined` input asks nothing. */
export function useAsk<N extends QueryName>(
  name: N,
  input: QueryInput<N> | undefined,
  options: { readonly keep?: boolean; readonly everyMs?: number } = {},
): UseQueryResult<QueryResult<N>, RejectedError> {
  const client = useClient();
  return useQuery<QueryResult<N>, RejectedError, QueryResult<N>>({
    queryKey: ['ask', name, input ?? null],
    enabled: input !== undefined,
    ...(options.keep === true ? { placeholderData: (previous: QueryResult<N> | undefined) => previous as never } : {}), // the same query's last answer, typed twice by the library
    ...(options.everyMs === undefined ? {} : { refetchInterval: options.everyMs }),
    queryFn: async () => unwrap(await client.query<QueryResult<N>>(name, input)),
  });
}

export function useCall<K extends keyof DeskCalls>(
  method: K,
  args: DeskCalls[K]['args'] | undefined,
  everyMs?: number,
): UseQueryResult<DeskCalls[K]['result'], RejectedError> {
  const client = useClient();
  return useQuery<DeskCalls[K]['result'], RejectedError>({
    queryKey: ['call', method, args ?? null],
    enabled: args !== undefined,
    ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
    queryFn: async () => unwrap(await client.call<DeskCalls[K]['result']>(method, args)),
  });
}

function unwrap<R>(answer: Answer<R>): R {
  if (answer.ok) return answer.result;
  throw new RejectedError(answer.rejection);
}

const NOTHING = {};
export function useStatus(): DeskStatus | undefined {
  return useCall('status', NOTHING, STATUS_EVERY_MS).data;
}

export function useSession(): Session | null | undefined {
  return useCall('session', NOTHING).data;
}

/** How far each of these streams has got. Unknown ones are left out, never guessed. */
export function useReach(streams: readonly string[]): Readonly<Record<string, Reach>> {
  return useCall('reach', streams.length === 0 ? undefined : { streams }, STATUS_EVERY_MS).data ?? {};
}

/** May this user do this? Asked of the same function that decides. Undefined while asking. */
export function useMay(command: string, input?: unknown): { readonly ok: boolean; readonly rejection?: Rejection } | undefined {
  const answer = useCall('may', input === undefined ? { command } : { command, input }).data;
  if (answer === undefined) return undefined;
  return answer.ok ? { ok: true } : { ok: false, rejection: { code: answer.code ?? 'role-missing', facts: answer.facts ?? {} } };
}

/** Gives orders and makes the typed calls. A fresh key each time, so that a tab change may repeat it harmlessly. */
export interface Doing {
  readonly command: <R>(name: string, input: unknown, key?: string) => Promise<Answer<R>>;
  readonly call: <K extends keyof DeskCalls>(method: K, args: DeskCalls[K]['args']) => Promise<Answer<DeskCalls[K]['result']>>;
}

export function useDo(): Doing {
  const client = useClient();
  const queries = useQueryClient();
  return useMemo(
    () => ({
      command: async <R,>(name: string, input: unknown, key = newKey()): Promise<Answer<R>> => {
        const answer = await client.command<R>(name, input, key);
        // The replica's news say which queries to ask again; what is asked of the desk itself is asked now.
        if (answer.ok) await queries.invalidateQueries({ queryKey: ['call'] });
        return answer;
      },
      call: (method, args) => client.call(method, args),
    }),
    [client, queries],
  );
}

export function newKey(): string {
  return crypto.randomUUID();
}

/** Now, ticking: for `as of` and `last seen`. */
export function useNow(everyMs = 15_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
