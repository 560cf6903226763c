// All strings of the screens, joined from one file per area, and the type of their keys. It knows no screen.
import enCollection from './en/collection.json' with { type: 'json' };
import enCommon from './en/common.json' with { type: 'json' };
import enLab from './en/lab.json' with { type: 'json' };
import enPatient from './en/patient.json' with { type: 'json' };
import enRegistration from './en/registration.json' with { type: 'json' };
import enSignin from './en/signin.json' with { type: 'json' };
import enStatus from './en/status.json' with { type: 'json' };
import hiCollection from './hi/collection.json' with { type: 'json' };
import hiCommon from './hi/common.json' with { type: 'json' };
import hiLab from './hi/lab.json' with { type: 'json' };
import hiPatient from './hi/patient.json' with { type: 'json' };
import hiRegistration from './hi/registration.json' with { type: 'json' };
import hiSignin from './hi/signin.json' with { type: 'json' };
import hiStatus from './hi/status.json' with { type: 'json' };

export type Language = 'en' | 'hi';
export const LANGUAGES: readonly Language[] = ['en', 'hi'];

export const EN = { ...enCommon, ...enRegistration, ...enCollection, ...enLab, ...enPatient, ...enStatus, ...enSignin };
export const HI = { ...hiCommon, ...hiRegistration, ...hiCollection, ...hiLab, ...hiPatient, ...hiStatus, ...hiSignin };

type EveryKey = Extract<keyof typeof EN, string>;
/** Plural forms `key_one` and `key_other` are asked for as `key` with a `count`. */
type Stem<K> = K extends `${infer S}_one` ? S : K extends `${string}_other` ? never : K;
export type TextKey = Stem<EveryKey>;
