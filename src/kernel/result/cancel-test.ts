// Takes one test back: on the tube, on the order, and on its result, so that no worklist asks for it any more.
import { z } from 'zod';
import { no } from '#kernel/shared/actor.ts';
import { buildCommand, done, found } from '#kernel/shared/build-command.ts';
import type { NewEvent } from '#kernel/shared/event.ts';
import { catalogueCode, note, typedNumber } from '#kernel/shared/fields.ts';
import type { Document } from '#kernel/shared/document.ts';
import { orderEvent, type OrderState } from '#kernel/order/order.ts';
import { specimenEvent } from '#kernel/specimen/specimen.ts';
import { readOnTube, testOnTube, type OnTube } from './enter-result.ts';
import { resultEvent } from './result.ts';

const input = z.strictObject({ accession: typedNumber, test: catalogueCode, reason: note });
const result = z.object({ accession: z.string(), test: z.string() });

interface Facts extends OnTube {
  readonly order: Document<OrderState> | undefined;
}

export const cancelTest = buildCommand<z.infer<typeof input>, Facts, z.infer<typeof result>>({
  name: 'cancelTest',
  title: { en: 'Cancel test', hi: 'जाँच रद्द करें' },
  input,
  result,
  writes: ['SpecimenTestCancelled', 'OrderTestCancelled', 'ResultCancelled'],
  async load(given, read) {
    const onTube = await readOnTube(read, given);
    if ('missing' in onTube) return onTube;
    const { order } = onTube.found.specimen.state;
    return found({ ...onTube.found, order: order === undefined ? undefined : await read.document<OrderState>(order) });
  },
  when(_actor, facts) {
    if (facts.result !== undefined && facts.result.state.values.length > 0)
      return no('result-entered-already', { test: facts.basis.test.code });
    return testOnTube(facts);
  },
  decide(given, { specimen, order, basis, result: earlier }, env) {
    const { reason } = given;
    const { code } = basis.test;
    const accession = specimen.state.accession ?? '';
    const stream = earlier?.stream ?? env.derivedStream('result', specimen.stream, code);
    const events: NewEvent[] = [
      specimenEvent(specimen.stream, 'SpecimenTestCancelled', { test: code, reason }),
      resultEvent(stream, 'ResultCancelled', { specimen: specimen.stream, accession, test: code, patient: basis.patient, reason }),
    ];
    if (order?.state.tests.some((test) => test.code === code && test.cancelled === undefined) === true) {
      events.push(orderEvent(order.stream, 'OrderTestCancelled', { test: code, reason }));
    }
    return done({ accession, test: code }, events);
  },
});
