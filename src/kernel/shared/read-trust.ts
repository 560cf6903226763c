// Reads catalogue and settings, which every replica holds in full, for commands that decide on them.
import type { Reader } from './command.ts';
import { DEFAULT_SETTINGS, type HospitalState, type Settings } from '#kernel/hospital/hospital.ts';
import type { ContainerState } from '#kernel/container/container.ts';
import type { DepartmentState } from '#kernel/department/department.ts';
import type { TestData, TestState } from '#kernel/test/test.ts';

export async function readSettings(read: Reader): Promise<Settings> {
  const [hospital] = await read.all<HospitalState>('hospital');
  return hospital?.state.settings ?? DEFAULT_SETTINGS;
}

/** Tests that can be ordered, by code in capitals. */
export async function readTests(read: Reader): Promise<ReadonlyMap<string, TestData>> {
  const tests = new Map<string, TestData>();
  for (const { state } of await read.all<TestState>('test')) {
    if (state.test !== undefined && !state.retired) tests.set(state.test.code.toUpperCase(), state.test);
  }
  return tests;
}

export type Containers = ReadonlyMap<string, NonNullable<ContainerState['container']>>;

export async function readContainers(read: Reader): Promise<Containers> {
  const containers = new Map<string, NonNullable<ContainerState['container']>>();
  for (const { state } of await read.all<ContainerState>('container')) {
    if (state.container !== undefined && !state.retired) containers.set(state.container.code, state.container);
  }
  return containers;
}

export type Department = NonNullable<DepartmentState['department']>;

/** The department of this code (capitals do not matter), or undefined. */
export async function readDepartment(read: Reader, code: string): Promise<Department | undefined> {
  const wanted = code.toUpperCase();
  for (const { state } of await read.all<DepartmentState>('department')) {
    if (!state.retired && state.department?.code.toUpperCase() === wanted) return state.department;
  }
  return undefined;
}
