// A text that is asked about: letter by letter for a person, once for a scanner that types hundreds. It must not know what is asked.
import { useEffect, useRef, useState } from 'react';
import { mayBecomeScan, WEDGE_GAP_MS } from './wedge.ts';

/** The text as it is typed. Of what may be a scan and comes as quickly as one only the first letter, and the end when it has come. */
export function useCalm(text: string): string {
  const [calm, setCalm] = useState(text);
  const changedAt = useRef(Number.NEGATIVE_INFINITY);
  const maybeScan = mayBecomeScan(text);
  useEffect(() => {
    const now = performance.now();
    const quick = now - changedAt.current <= WEDGE_GAP_MS;
    changedAt.current = now;
    if (!maybeScan) return undefined;
    if (!quick) {
      setCalm(text);
      return undefined;
    }
    const timer = setTimeout(() => setCalm(text), WEDGE_GAP_MS);
    return () => clearTimeout(timer);
  }, [text, maybeScan]);
  // A name is asked about in the very drawing that shows it: Enter may follow within milliseconds.
  return maybeScan ? calm : text;
}
