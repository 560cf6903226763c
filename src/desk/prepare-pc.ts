// The script of a hub's page /ca, "Prepare this PC": looks live at what this browser can do at this address. It is served as
// it stands, without the app's build (types taken off), so it may import nothing but the checks and their codes.
import { type Lack, lacks, lackText } from './environment.ts';

const CHECKS: readonly { readonly lack: Lack | 'certificate'; readonly id: string }[] = [
  { lack: 'desk-not-secure', id: 'secure' },
  { lack: 'certificate', id: 'certificate' },
  { lack: 'desk-no-service-worker', id: 'service-worker' },
  { lack: 'desk-no-storage', id: 'storage' },
  { lack: 'desk-no-locks', id: 'locks' },
  { lack: 'desk-no-crypto', id: 'crypto' },
  { lack: 'desk-no-workers', id: 'workers' },
];
const CERTIFICATE_TEXT = {
  en: 'This PC does not trust the hospital certificate yet: a warning was clicked away. Install it as described below, close every window of the browser, and open this page again.',
  hi: 'यह PC अभी अस्पताल के प्रमाणपत्र पर भरोसा नहीं करता: चेतावनी छोड़ दी गई थी। नीचे बताए अनुसार प्रमाणपत्र डालें, ब्राउज़र की सारी विंडो बंद करें और यह पेज फिर खोलें।',
};
const PROBE = '/ca/probe.js';

/** Behind a warning that was clicked away a browser shows pages and refuses service workers: only trying tells. */
async function hasTrustedCertificate(): Promise<boolean> {
  try {
    const registration = await navigator.serviceWorker.register(PROBE, { scope: '/ca/probe/' });
    await registration.unregister();
    return true;
  } catch {
    return false;
  }
}

function show(id: string, state: 'ok' | 'bad' | 'unknown', en: string, hi: string): void {
  const row = document.getElementById(`check-${id}`);
  if (row === null) return;
  row.dataset['state'] = state;
  const mark = row.querySelector('.mark');
  if (mark !== null) mark.textContent = { ok: '✓ ठीक है · OK', bad: '✗ नहीं · No', unknown: '– जाँच नहीं हुई · Not checked' }[state];
  const mend = row.querySelector('.mend');
  if (mend === null) return;
  mend.replaceChildren();
  for (const [lang, words] of [
    ['hi', hi],
    ['en', en],
  ] as const) {
    if (words === '') continue;
    const line = document.createElement('p');
    line.lang = lang;
    line.textContent = words;
    mend.append(line);
  }
}

async function check(): Promise<void> {
  const found: (Lack | 'certificate')[] = [...(await lacks(window))];
  const insecure = found.includes('desk-not-secure');
  if (!insecure && !found.includes('desk-no-service-worker') && !(await hasTrustedCertificate())) found.push('certificate');
  for (const { lack, id } of CHECKS) {
    if (!found.includes(lack)) show(id, insecure ? 'unknown' : 'ok', '', '');
    else if (lack === 'certificate') show(id, 'bad', CERTIFICATE_TEXT.en, CERTIFICATE_TEXT.hi);
    else show(id, 'bad', lackText(lack, 'en', location.host), lackText(lack, 'hi', location.host));
  }
  const verdict = document.getElementById('verdict');
  if (verdict === null) return;
  verdict.dataset['state'] = found.length === 0 ? 'ok' : 'bad';
  verdict.textContent =
    found.length === 0
      ? 'यह PC डेस्क के लिए तैयार है। · This PC is ready to be a desk.'
      : 'यह PC अभी डेस्क नहीं बन सकता। नीचे देखें क्या ठीक करना है। · This PC cannot be a desk yet. See below what to mend.';
}

document.getElementById('again')?.addEventListener('click', () => void check());
await check();
