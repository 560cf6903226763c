// The input of a query from the address: `?input={…}` as JSON, or simple parameters turned into what the schema asks for.
import { z } from 'zod';
import { parseJson } from './json-body.ts';
import { MAX_QUERY_STRING } from './limits.ts';
import { Refusal } from './problem.ts';

type Kind = 'string' | 'number' | 'boolean' | 'strings' | 'other';
const kinds = new WeakMap<object, ReadonlyMap<string, Kind>>();

/** @throws Refusal when a parameter cannot be what the schema wants, or there is one too many of it */
export function queryInput(url: string, schema: z.ZodType): unknown {
  const start = url.indexOf('?');
  if (start < 0) return {};
  const text = url.slice(start + 1).replace(/#.*$/, '');
  if (text.length > MAX_QUERY_STRING) throw new Refusal('api-body-too-large', { limitBytes: MAX_QUERY_STRING });
  const parameters = new URLSearchParams(text);
  const input = parameters.get('input');
  if (input !== null && [...parameters.keys()].length === 1) return parseJson(input);
  const known = kindsOf(schema);
  const out: Record<string, unknown> = {};
  for (const name of new Set(parameters.keys())) {
    const kind = known.get(name);
    if (kind === undefined || kind === 'other') throw new Refusal('api-parameter-invalid');
    out[name] = valueOf(kind, parameters.getAll(name));
  }
  return out;
}

function valueOf(kind: Kind, texts: readonly string[]): unknown {
  if (kind === 'strings') return texts;
  const [text, ...more] = texts;
  if (text === undefined || more.length > 0) throw new Refusal('api-parameter-invalid');
  if (kind === 'string') return text;
  if (kind === 'boolean') {
    if (text !== 'true' && text !== 'false') throw new Refusal('api-parameter-invalid');
    return text === 'true';
  }
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) throw new Refusal('api-parameter-invalid');
  return number;
}

/** What each property of an object schema wants; worked out once for each schema. */
function kindsOf(schema: z.ZodType): ReadonlyMap<string, Kind> {
  const cached = kinds.get(schema);
  if (cached !== undefined) return cached;
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const found = new Map<string, Kind>();
  for (const [name, property] of Object.entries(json.properties ?? {})) found.set(name, kindOf(property));
  kinds.set(schema, found);
  return found;
}

function kindOf(property: unknown): Kind {
  if (typeof property !== 'object' || property === null) return 'other';
  const type = 'type' in property ? property.type : undefined;
  if (type === 'string' || (type === undefined && 'enum' in property)) return 'string';
  if (type === 'number' || type === 'integer') return 'number';
  if (type === 'boolean') return 'boolean';
  if (type === 'array' && 'items' in property && kindOf(property.items) === 'string') return 'strings';
  return 'other';
}
