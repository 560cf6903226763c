// Shapes of what every desk holds in whole: catalogue, departments, users, roles, devices.
import { z } from 'zod';
import { instantShape, list, streamId } from './common.ts';

export const emptyInput = z.object({});

export const rangeRowShape = z
  .object({
    sex: z.enum(['any', 'female', 'male']),
    /** Inclusive. */
    fromDays: z.number(),
    /** Exclusive; null is open. */
    toDays: z.number().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    criticalLow: z.number().nullable(),
    criticalHigh: z.number().nullable(),
    source: z.string().nullable(),
  })
  .readonly();

export const testShape = z
  .object({
    stream: streamId,
    test: z.string(),
    name: z.string(),
    nameHi: z.string(),
    loinc: z.string().nullable(),
    specimenType: z.string(),
    /** Codes; the first is preferred. Empty for a test that is only calculated. */
    containers: list(z.string()),
    calculated: z.boolean(),
    value: z.enum(['number', 'text']),
    unit: z.string().nullable(),
    normalTexts: list(z.string()),
    criticalTexts: list(z.string()),
    ranges: list(rangeRowShape),
    /** `proposed` until a pathologist of this hospital approved it. */
    status: z.enum(['proposed', 'approved']),
    retired: z.boolean(),
  })
  .readonly();
export type TestShape = z.infer<typeof testShape>;

export const containerShape = z
  .object({
    stream: streamId,
    container: z.string(),
    name: z.string(),
    nameHi: z.string(),
    colour: z.string().nullable(),
    drawOrder: z.number().nullable(),
    volumeMl: z.number().nullable(),
    retired: z.boolean(),
  })
  .readonly();
export type ContainerShape = z.infer<typeof containerShape>;

export const catalogueResult = z.object({
  /** By name. */
  tests: list(testShape),
  /** In the order of draw. */
  containers: list(containerShape),
});

export const departmentShape = z
  .object({
    stream: streamId,
    department: z.string(),
    name: z.string(),
    nameHi: z.string(),
    kind: z.enum(['outpatient', 'emergency', 'ward', 'laboratory', 'collection', 'office']),
    room: z.string().nullable(),
    retired: z.boolean(),
  })
  .readonly();
export type DepartmentShape = z.infer<typeof departmentShape>;
export const departmentsResult = z.object({ departments: list(departmentShape) });

export const usersResult = z.object({
  users: list(
    z
      .object({
        user: streamId,
        userName: z.string(),
        name: z.string(),
        nameHi: z.string().nullable(),
        roles: list(z.string()),
        disabled: z.boolean(),
        hasPassword: z.boolean(),
        hasPin: z.boolean(),
      })
      .readonly(),
  ),
});

export const rolesResult = z.object({
  roles: list(
    z
      .object({
        stream: streamId,
        role: z.string(),
        title: z.string(),
        titleHi: z.string(),
        permissions: list(z.string()),
        retired: z.boolean(),
      })
      .readonly(),
  ),
});

export const devicesResult = z.object({
  devices: list(
    z
      .object({
        device: streamId,
        name: z.string(),
        role: z.enum(['root', 'hub', 'desk', 'vault']).nullable(),
        deskKinds: list(z.string()),
        epochs: list(z.object({ epoch: z.string(), status: z.enum(['certified', 'unconfirmed', 'closed']) }).readonly()),
        ranges: list(z.number()),
        revoked: z.boolean(),
        validFrom: instantShape.nullable(),
        validTo: instantShape.nullable(),
      })
      .readonly(),
  ),
});
