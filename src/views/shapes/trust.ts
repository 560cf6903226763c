// Shapes of what every desk holds in whole: catalogue, departments, users, roles, devices.
import { z } from 'zod';
import { instantShape, list, streamId } from './common.ts';

export const emptyInput = z.object({});

export const rangeRowShape = z
  .object({
    sex: z.string(),
    ageFromDays: z.number().nullable(),
    ageToDays: z.number().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    criticalLow: z.number().nullable(),
    criticalHigh: z.number().nullable(),
    approved: z.boolean(),
  })
  .readonly();

export const catalogueResult = z.object({
  tests: list(
    z
      .object({
        stream: streamId,
        test: z.string(),
        name: z.string(),
        nameHi: z.string(),
        loinc: z.string().nullable(),
        specimenType: z.string().nullable(),
        container: z.string().nullable(),
        unit: z.string().nullable(),
        ranges: list(rangeRowShape),
      })
      .readonly(),
  ),
  containers: list(z.object({ container: z.string(), name: z.string(), nameHi: z.string(), colour: z.string().nullable() }).readonly()),
});

export const departmentsResult = z.object({
  departments: list(z.object({ stream: streamId, department: z.string(), name: z.string(), nameHi: z.string(), room: z.string().nullable() }).readonly()),
});

export const usersResult = z.object({
  users: list(
    z.object({ user: streamId, userName: z.string(), name: z.string(), nameHi: z.string().nullable(), roles: list(z.string()), active: z.boolean() }).readonly(),
  ),
});

export const rolesResult = z.object({
  roles: list(z.object({ role: streamId, name: z.string(), title: z.string(), titleHi: z.string(), permissions: list(z.string()) }).readonly()),
});

export const devicesResult = z.object({
  devices: list(
    z
      .object({
        device: streamId,
        name: z.string(),
        role: z.string(),
        deskKind: z.string().nullable(),
        status: z.string(),
        enrolledAt: instantShape.nullable(),
      })
      .readonly(),
  ),
});
