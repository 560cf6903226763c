// What commands read with, over what queries read with, so that both find the same patient by the same function.
import type { Reader } from '#kernel/shared/command.ts';
import { linked } from './linked.ts';
import type { ViewReader } from '../view.ts';

export function asReader(read: ViewReader): Reader {
  return {
    document: (stream) => read.document(stream),
    byNumber: (number, type) => read.byNumber(number, type),
    linked: async (to, type, rel) => [...(await linked(read, to, type, rel))].reverse(),
    all: (type) => read.all(type),
  };
}
