// The recovery kit as a page to print, written only when asked for: on the disk it is what a thief would look for.
import fs from 'node:fs';
import { fileFailure } from '../storage/failures.ts';

export interface RecoveryKit {
  /** Ed25519 root key, PKCS #8, base64url. */
  readonly rootKey: string;
  /** Key of the hospital's root certificate, PEM. */
  readonly certificateKey: string;
  readonly certificate: string;
}

/** Never over something that is there, for its owner only. */
export function writeRecoveryKit(file: string, hospital: string, kit: RecoveryKit, fingerprint: string): void {
  try {
    fs.writeFileSync(file, recoveryKitPage(hospital, kit, fingerprint), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    throw fileFailure(error, 'write', file);
  }
}

export function recoveryKitPage(hospital: string, kit: RecoveryKit, fingerprint: string): string {
  const block = (title: string, text: string): string => `<h2>${title}</h2><pre>${escaped(text)}</pre>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Recovery kit: ${escaped(hospital)}</title>
<style>body{font:12pt sans-serif;max-width:18cm;margin:1cm auto}pre{font:10pt monospace;white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid #000;padding:.3cm}@page{size:A4;margin:1.5cm}</style></head>
<body><h1>Recovery kit · पुनर्प्राप्ति किट</h1><p><strong>${escaped(hospital)}</strong></p>
<p>Whoever holds this page can make hubs of this hospital. Print it twice, put the two copies into two safes, and delete this file. Nobody can make it again.</p>
<p lang="hi">जिसके पास यह पन्ना है वह इस अस्पताल के हब बना सकता है। दो बार छापें, दो तिजोरियों में रखें और यह फ़ाइल मिटा दें। इसे कोई दोबारा नहीं बना सकता।</p>
${block('1. Root key', kit.rootKey)}
${block('2. Key of the hospital certificate', kit.certificateKey)}
${block('3. Hospital certificate', kit.certificate)}
${block('Fingerprint (SHA-256), shown on the page /ca of every hub', fingerprint)}
</body></html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
