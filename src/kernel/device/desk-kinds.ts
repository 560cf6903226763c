// What a desk of each kind is for: the commands that are given there, and so the events that its certificate lets it write.
import type { DeskKind } from '../shared/actor.ts';
import type { CommandDefinition } from '../shared/command.ts';

/** Two facts that contradict each other, or a paper that was printed, are noted wherever they are seen. */
const EVERYWHERE = ['settleIssue', 'settleCheck', 'recordPrint'] as const;
/** Who stands before us, and what must not be given to them: any desk that meets patients. */
const PATIENT = [
  'acceptCard',
  'correctPatient',
  'identifyPatient',
  'addAlias',
  'recordAllergy',
  'recordAlert',
  'withdrawClinical',
] as const;
const ORDERS = ['startVisit', 'placeOrder', 'addTest', 'cancelOrder'] as const;
const TUBES = [
  'labelSpecimen',
  'collectSpecimen',
  'collectUnidentified',
  'linkSpecimen',
  'notCollected',
  'dispatchSpecimens',
  'rejectSpecimen',
  'recollectSpecimen',
  'markSpecimenLost',
] as const;

const COMMANDS: Readonly<Record<Exclude<DeskKind, 'all'>, readonly string[]>> = {
  registration: [...EVERYWHERE, ...PATIENT, ...ORDERS, 'registerPatient', 'linkPatients', 'unlinkPatients', 'endVisit', 'linkSpecimen'],
  // An unknown patient is registered where the blood is taken.
  collection: [...EVERYWHERE, ...PATIENT, ...ORDERS, ...TUBES, 'registerPatient'],
  lab: [
    ...EVERYWHERE,
    ...ORDERS,
    ...TUBES,
    'acceptCard',
    'receiveSpecimen',
    'holdSpecimen',
    'resolveHold',
    'enterResult',
    'repeatTest',
    'cancelTest',
    'validateTechnically',
    'validateMedically',
    'recordCriticalCall',
    'closeCriticalCall',
    'releaseReport',
    'amendResult',
  ],
  patient: [...EVERYWHERE, ...PATIENT, ...ORDERS],
  ward: [...EVERYWHERE, ...PATIENT, ...ORDERS, ...TUBES, 'registerPatient', 'endVisit', 'closeCriticalCall'],
  doctor: [...EVERYWHERE, ...PATIENT, ...ORDERS, 'endVisit', 'closeCriticalCall'],
  billing: EVERYWHERE,
  appointments: [...EVERYWHERE, ...PATIENT, 'registerPatient', 'startVisit', 'endVisit'],
  command: EVERYWHERE,
};

/**
 * Event types that a desk of these kinds may write; `*` for a desk of every kind. A kind of a newer program allows nothing here.
 * @param commands the commands that this program knows
 */
export function deskWrites(kinds: readonly string[], commands: ReadonlyMap<string, CommandDefinition>): readonly string[] {
  if (kinds.length === 0 || kinds.includes('all')) return ['*'];
  const types = new Set<string>();
  for (const kind of kinds)
    for (const name of isKind(kind) ? COMMANDS[kind] : []) for (const type of commands.get(name)?.writes ?? []) types.add(type);
  // Which of two values holds is for the laboratory to say; the command that settles is one for all kinds of issue.
  if (!kinds.includes('lab')) types.delete('ResultValueChosen');
  return [...types].sort();
}

function isKind(kind: string): kind is keyof typeof COMMANDS {
  return Object.hasOwn(COMMANDS, kind);
}
