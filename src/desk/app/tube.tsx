// How a tube is shown on every desk: cap colour with its word, number, state. It asks the catalogue for the cap only.
import { useText } from '#desk/i18n/i18n.ts';
import { EN, type TextKey } from '#desk/i18n/keys.ts';
import { NumberText, Swatch, Tag, type Tone } from '#desk/ui/parts.tsx';
import { cssColour } from '#desk/ui/tube-colour.ts';
import type { ReactElement } from 'react';
import { useAsk } from './desk-context.tsx';
import { nameIn } from './person.tsx';
import type { ContainerShape, SpecimenRow } from './shapes.ts';

export function useContainers(): ReadonlyMap<string, ContainerShape> {
  const containers = useAsk('catalogue', {}).data?.containers ?? [];
  return new Map(containers.map((container) => [container.container, container]));
}

export function TubeName({ tube }: { readonly tube: Pick<SpecimenRow, 'container' | 'containerName' | 'containerNameHi'> }): ReactElement {
  const { t, language } = useText();
  const container = useContainers().get(tube.container ?? '');
  const word = nameIn(language, { name: tube.containerName ?? tube.container ?? t('common.tubeUnknown'), nameHi: tube.containerNameHi });
  return (
    <span className="n-nowrap">
      <Swatch colour={cssColour(container?.colour)} /> {word}
      {container?.colour === null || container === undefined ? null : <span className="n-muted"> · {container.colour}</span>}
    </span>
  );
}

const BAD: ReadonlySet<string> = new Set(['rejected', 'lost', 'on-hold', 'not-collected']);
const GOOD: ReadonlySet<string> = new Set(['collected', 'accepted', 'final', 'received', 'completed']);

/** A state in words. One that this program does not know yet is shown as it stands, never hidden. */
export function StateTag({ state }: { readonly state: string }): ReactElement {
  const { t } = useText();
  const key = `common.state.${state}`;
  const tone: Tone | undefined = BAD.has(state) ? 'warn' : GOOD.has(state) ? 'ok' : undefined;
  return (
    <Tag
      {...(tone === undefined ? {} : { tone })}
      {...(GOOD.has(state) ? { icon: 'ok' as const } : BAD.has(state) ? { icon: 'danger' as const } : {})}
    >
      {key in EN ? t(key as TextKey) : state}
    </Tag>
  ); // the line before looked
}

export function TubeNumber({ accession }: { readonly accession: string }): ReactElement {
  return <NumberText number={accession} />;
}
