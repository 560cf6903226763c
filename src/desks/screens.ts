// All desks of this build, in the order of the bar. The one place that knows every desk; each loads when it is opened.
import type { DeskScreen } from '#desk/app/desk-screen.ts';

export const SCREENS: readonly DeskScreen[] = [
  { path: '/', title: 'common.start', icon: 'person', keys: 'g h', inBar: false, load: () => import('./start/start.tsx') },
  {
    path: '/registration',
    title: 'common.registration',
    icon: 'plus',
    keys: 'g r',
    inBar: true,
    permissions: ['registerPatient'],
    load: () => import('./registration/registration.tsx'),
  },
  {
    path: '/collection',
    title: 'common.collection',
    icon: 'tube',
    keys: 'g c',
    inBar: true,
    permissions: ['collectSpecimen'],
    load: () => import('./collection/collection.tsx'),
  },
  {
    path: '/lab',
    title: 'common.lab',
    icon: 'note',
    keys: 'g l',
    inBar: true,
    permissions: ['receiveSpecimen', 'enterResult', 'validateMedically', 'releaseReport'],
    load: () => import('./lab/lab.tsx'),
  },
  {
    path: '/patient',
    title: 'common.patient',
    icon: 'person',
    keys: 'g p',
    inBar: true,
    permissions: ['query:patient'],
    load: () => import('./patient/patient.tsx'),
  },
  { path: '/status', title: 'common.status', icon: 'hub', keys: 'g s', inBar: true, load: () => import('./status/status.tsx') },
];
