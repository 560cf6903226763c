// The containers of a catalogue cell: words of the shipped catalogue, or codes joined by `;` or ` or `.

/** Words of the shipped catalogue and what they mean here, the preferred one first. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  'edta (lavender)': ['edta'],
  'sst gel (gold) or plain (red)': ['sst', 'plain'],
  'fluoride-oxalate (grey)': ['fluoride'],
  'fluoride-oxalate on ice': ['fluoride-ice'],
  'citrate 3.2% (light blue)': ['citrate'],
  heparin: ['heparin'],
  'heparin syringe': ['heparin-syringe'],
  'sterile/plain container': ['urine-plain', 'urine-sterile'],
  'sterile container or boric acid': ['urine-sterile', 'urine-boric'],
  'cary-blair': ['cary-blair'],
  'aerobic + anaerobic culture bottles': ['blood-culture'],
};

export interface ContainerWords {
  readonly containers: readonly string[];
  readonly calculated: boolean;
}

/** Undefined when a word means nothing here. */
export function containersOf(cell: string, known: ReadonlySet<string>): ContainerWords | undefined {
  let calculated = false;
  const containers: string[] = [];
  for (const part of cell.split(';')) {
    const words = part.trim().toLowerCase();
    if (words === '') continue;
    if (words === 'calculated') {
      calculated = true;
      continue;
    }
    const listed = Object.hasOwn(WORDS, words) ? WORDS[words] : undefined;
    const codes = listed ?? words.split(' or ').map((code) => code.trim());
    if (listed === undefined && !codes.every((code) => known.has(code))) return undefined;
    containers.push(...codes);
  }
  if (containers.length === 0 && !calculated) return undefined;
  return { containers: [...new Set(containers)], calculated };
}
