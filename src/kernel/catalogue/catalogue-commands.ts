// Defines and retires departments, containers and tests, and changes the hospital's settings. Needs a hub.
import { z } from 'zod';
import { no, YES } from '#kernel/shared/actor.ts';
import { buildCommand, done, found, missing } from '#kernel/shared/build-command.ts';
import { reject } from '#kernel/shared/command.ts';
import type { Document } from '#kernel/shared/document.ts';
import { catalogueCode } from '#kernel/shared/fields.ts';
import { containerData, containerEvent, type ContainerState } from '#kernel/container/container.ts';
import { departmentData, departmentEvent, type DepartmentState } from '#kernel/department/department.ts';
import { hospitalEvent, settingsSchema, type HospitalState } from '#kernel/hospital/hospital.ts';
import { readContainers } from '#kernel/shared/read-trust.ts';
import { testData, testEvent, type TestData, type TestState } from '#kernel/test/test.ts';
import { testProblem } from './test-problem.ts';

const result = z.object({ code: z.string(), stream: z.string() });
type Result = z.infer<typeof result>;

const departmentInput = z.strictObject(departmentData.shape);
export const defineDepartment = buildCommand<z.infer<typeof departmentInput>, true, Result>({
  name: 'defineDepartment',
  title: { en: 'Define department', hi: 'विभाग तय करें' },
  input: departmentInput,
  result,
  writes: ['DepartmentDefined'],
  needsHub: true,
  load: async () => found(true as const),
  decide(given, _facts, env) {
    const stream = env.derivedStream('department', given.code);
    return done({ code: given.code, stream }, [departmentEvent(stream, 'DepartmentDefined', given)]);
  },
});

const containerInput = z.strictObject(containerData.shape);
export const defineContainer = buildCommand<z.infer<typeof containerInput>, true, Result>({
  name: 'defineContainer',
  title: { en: 'Define container', hi: 'ट्यूब या बर्तन तय करें' },
  input: containerInput,
  result,
  writes: ['ContainerDefined'],
  needsHub: true,
  load: async () => found(true as const),
  decide(given, _facts, env) {
    const stream = env.derivedStream('container', given.code);
    return done({ code: given.code, stream }, [containerEvent(stream, 'ContainerDefined', given)]);
  },
});

const testInput = z.strictObject(testData.shape);
export const defineTest = buildCommand<z.infer<typeof testInput>, { readonly containers: ReadonlySet<string> }, Result>({
  name: 'defineTest',
  title: { en: 'Define test', hi: 'जाँच तय करें' },
  input: testInput,
  result,
  writes: ['TestDefined'],
  needsHub: true,
  load: async (_given, read) => found({ containers: new Set((await readContainers(read)).keys()) }),
  decide(given, { containers }, env) {
    const unknown = given.containers.find((container) => !containers.has(container));
    if (unknown !== undefined) return reject('container-unknown', { container: unknown }, 'containers');
    const problem = testProblem(given);
    if (problem !== undefined) return { ok: false, rejection: problem };
    const stream = env.derivedStream('test', given.code);
    return done({ code: given.code, stream }, [testEvent(stream, 'TestDefined', given)]);
  },
});

const codeInput = z.strictObject({ code: catalogueCode });
type CodeInput = z.infer<typeof codeInput>;

export const approveTest = buildCommand<CodeInput, { readonly stream: Document<TestState>['stream']; readonly test: TestData }, Result>({
  name: 'approveTest',
  title: { en: 'Approve the ranges of a test', hi: 'जाँच की सीमाएँ स्वीकृत करें' },
  input: codeInput,
  result,
  writes: ['TestDefined'],
  needsHub: true,
  async load(given, read) {
    for (const { stream, state } of await read.all<TestState>('test')) {
      if (!state.retired && state.test?.code.toUpperCase() === given.code.toUpperCase()) return found({ stream, test: state.test });
    }
    return missing('test-unknown', { test: given.code }, 'code');
  },
  when: (_actor, { test }) => (test.status === 'approved' ? no('test-approved-already', { test: test.code }) : YES),
  decide: (_given, { stream, test }) =>
    done({ code: test.code, stream }, [testEvent(stream, 'TestDefined', { ...test, status: 'approved' })]),
});

export const retireDepartment = buildCommand<CodeInput, Document<DepartmentState>, Result>({
  name: 'retireDepartment',
  title: { en: 'Retire department', hi: 'विभाग समाप्त करें' },
  input: codeInput,
  result,
  writes: ['DepartmentRetired'],
  needsHub: true,
  async load(given, read) {
    const one = (await read.all<DepartmentState>('department')).find(
      ({ state }) => !state.retired && state.department?.code === given.code,
    );
    return one === undefined ? missing('department-unknown', { department: given.code }, 'code') : found(one);
  },
  decide: (given, one) => done({ code: given.code, stream: one.stream }, [departmentEvent(one.stream, 'DepartmentRetired', {})]),
});

export const retireContainer = buildCommand<CodeInput, Document<ContainerState>, Result>({
  name: 'retireContainer',
  title: { en: 'Retire container', hi: 'ट्यूब या बर्तन समाप्त करें' },
  input: codeInput,
  result,
  writes: ['ContainerRetired'],
  needsHub: true,
  async load(given, read) {
    const one = (await read.all<ContainerState>('container')).find(({ state }) => !state.retired && state.container?.code === given.code);
    return one === undefined ? missing('container-unknown', { container: given.code }, 'code') : found(one);
  },
  decide: (given, one) => done({ code: given.code, stream: one.stream }, [containerEvent(one.stream, 'ContainerRetired', {})]),
});

export const retireTest = buildCommand<CodeInput, Document<TestState>, Result>({
  name: 'retireTest',
  title: { en: 'Retire test', hi: 'जाँच समाप्त करें' },
  input: codeInput,
  result,
  writes: ['TestRetired'],
  needsHub: true,
  async load(given, read) {
    const one = (await read.all<TestState>('test')).find(({ state }) => !state.retired && state.test?.code === given.code);
    return one === undefined ? missing('test-unknown', { test: given.code }, 'code') : found(one);
  },
  decide: (given, one) => done({ code: given.code, stream: one.stream }, [testEvent(one.stream, 'TestRetired', {})]),
});

const settingsInput = z.strictObject(settingsSchema.partial().shape);
const settingsResult = z.object({ settings: settingsSchema });

export const changeSettings = buildCommand<z.infer<typeof settingsInput>, Document<HospitalState>, z.infer<typeof settingsResult>>({
  name: 'changeSettings',
  title: { en: 'Change hospital settings', hi: 'अस्पताल की सेटिंग बदलें' },
  input: settingsInput,
  result: settingsResult,
  writes: ['SettingsChanged'],
  needsHub: true,
  async load(_given, read) {
    const [hospital] = await read.all<HospitalState>('hospital');
    return hospital === undefined ? missing('hospital-not-here') : found(hospital);
  },
  decide(given, hospital) {
    const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    if (Object.keys(changes).length === 0) return reject('nothing-to-change');
    return done({ settings: { ...hospital.state.settings, ...changes } }, [
      hospitalEvent(hospital.stream, 'SettingsChanged', { settings: changes }),
    ]);
  },
});
