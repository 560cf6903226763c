// The catalogue as queries need it: tests, containers and departments by code, from memory. Small: a few hundred items.
import type { ContainerState } from '#kernel/container/container.ts';
import type { Document } from '#kernel/shared/document.ts';
import type { DepartmentState } from '#kernel/department/department.ts';
import type { TestState } from '#kernel/test/test.ts';
import type { ContainerShape, DepartmentShape, TestShape } from '../shapes/trust.ts';
import type { ViewReader } from '../view.ts';

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Worked out once for each state of the catalogue: the replica hands out the same list until something in it changes. */
function keptBy<D extends object, R>(make: (documents: readonly D[]) => R): (documents: readonly D[]) => R {
  const kept = new WeakMap<readonly D[], R>();
  return (documents) => {
    const known = kept.get(documents);
    if (known !== undefined) return known;
    const made = make(documents);
    kept.set(documents, made);
    return made;
  };
}

/** One entry for each code: of two definitions of one code (two administrators at once) the one that is in use, then the smaller stream. */
export function oneEach<T extends { readonly retired: boolean; readonly stream: string }>(
  items: readonly T[],
  codeOf: (item: T) => string,
): readonly T[] {
  const chosen = new Map<string, T>();
  for (const item of items) {
    const known = chosen.get(codeOf(item));
    const better =
      known === undefined || (known.retired && !item.retired) || (known.retired === item.retired && item.stream < known.stream);
    if (better) chosen.set(codeOf(item), item);
  }
  return [...chosen.values()];
}

export async function allTests(read: ViewReader): Promise<readonly TestShape[]> {
  return testShapes(await read.all<TestState>('test'));
}

const testShapes = keptBy((documents: readonly Document<TestState>[]): readonly TestShape[] => {
  const tests = documents.flatMap(({ stream, state }): readonly TestShape[] => {
    const { test } = state;
    if (test === undefined) return [];
    return [
      {
        stream,
        test: test.code,
        name: test.name,
        nameHi: test.nameHi ?? test.name,
        loinc: test.loinc ?? null,
        specimenType: test.specimenType,
        containers: test.containers,
        calculated: test.calculated,
        value: test.value,
        unit: test.unit ?? null,
        normalTexts: test.normalTexts,
        criticalTexts: test.criticalTexts,
        ranges: test.ranges.map((range) => ({
          sex: range.sex,
          fromDays: range.fromDays,
          toDays: range.toDays ?? null,
          low: range.low ?? null,
          high: range.high ?? null,
          criticalLow: range.criticalLow ?? null,
          criticalHigh: range.criticalHigh ?? null,
          source: range.source ?? null,
        })),
        status: test.status,
        retired: state.retired,
      },
    ];
  });
  return [...oneEach(tests, (test) => test.test)].sort((a, b) => byText(a.name, b.name) || byText(a.test, b.test));
});

/** In the order of draw (CLSI GP41); those without a place come last. */
export async function allContainers(read: ViewReader): Promise<readonly ContainerShape[]> {
  return containerShapes(await read.all<ContainerState>('container'));
}

const containerShapes = keptBy((documents: readonly Document<ContainerState>[]): readonly ContainerShape[] => {
  const containers = documents.flatMap(({ stream, state: { container, retired } }): readonly ContainerShape[] =>
    container === undefined
      ? []
      : [
          {
            stream,
            container: container.code,
            name: container.name,
            nameHi: container.nameHi ?? container.name,
            colour: container.colour ?? null,
            drawOrder: container.drawOrder ?? null,
            volumeMl: container.volumeMl ?? null,
            retired,
          },
        ],
  );
  return [...oneEach(containers, (one) => one.container)].sort(
    (a, b) => (a.drawOrder ?? 100) - (b.drawOrder ?? 100) || byText(a.container, b.container),
  );
});

export async function allDepartments(read: ViewReader): Promise<readonly DepartmentShape[]> {
  return departmentShapes(await read.all<DepartmentState>('department'));
}

const departmentShapes = keptBy((documents: readonly Document<DepartmentState>[]): readonly DepartmentShape[] => {
  const departments = documents.flatMap(({ stream, state: { department, retired } }): readonly DepartmentShape[] =>
    department === undefined
      ? []
      : [
          {
            stream,
            department: department.code,
            name: department.name,
            nameHi: department.nameHi ?? department.name,
            kind: department.kind,
            room: department.room ?? null,
            retired,
          },
        ],
  );
  return [...oneEach(departments, (one) => one.department)].sort((a, b) => byText(a.name, b.name) || byText(a.department, b.department));
});

export interface Catalogue {
  test(code: string): TestShape | undefined;
  container(code: string): ContainerShape | undefined;
  department(code: string): DepartmentShape | undefined;
}

/** For queries that name many items. */
export async function catalogueOf(read: ViewReader): Promise<Catalogue> {
  const [tests, containers, departments] = await Promise.all([allTests(read), allContainers(read), allDepartments(read)]);
  const [test, container, department] = [testByCode(tests), containerByCode(containers), departmentByCode(departments)];
  return { test: (code) => test.get(code), container: (code) => container.get(code), department: (code) => department.get(code) };
}

const testByCode = keptBy((tests: readonly TestShape[]) => new Map(tests.map((one) => [one.test, one])));
const containerByCode = keptBy((containers: readonly ContainerShape[]) => new Map(containers.map((one) => [one.container, one])));
const departmentByCode = keptBy((departments: readonly DepartmentShape[]) => new Map(departments.map((one) => [one.department, one])));
