// The words of the pages with which a PC is made ready to be a desk. They must work in any browser, without the app and
// without a script; what stands in them comes from the hub, escaped.

export interface PageFacts {
  readonly hospital: string;
  /** Absent on a hub that has no certificate authority. */
  readonly fingerprint: string | undefined;
  /** The same hub over HTTPS, where it serves it. */
  readonly secureUrl: string | undefined;
}

export const PAGE_CSS = `
:root { color-scheme: light; font: 17px/1.5 'Noto Sans', 'Noto Sans Devanagari', system-ui, sans-serif; color: #16191d; background: #fff; }
body { max-width: 52rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
code, pre { font-family: ui-monospace, monospace; background: #f1f3f5; overflow-wrap: anywhere; white-space: pre-wrap; padding: .1rem .3rem; }
pre { padding: .8rem; } a { color: #0b5d66; }
a:focus-visible, button:focus-visible, summary:focus-visible { outline: 3px solid #0b5d66; outline-offset: 2px; }
button, .button { display: inline-block; font: inherit; padding: .5rem 1rem; border: 2px solid #0b5d66; border-radius: .3rem; background: #fff; color: #0b5d66; text-decoration: none; margin: .2rem .4rem .2rem 0; }
.warning { border: 3px solid #b3261e; padding: 1rem; } [lang=hi] { font-size: 1.05em; }
ul.checks { list-style: none; padding: 0; } ul.checks > li { border-top: 1px solid #767b82; padding: .6rem 0; }
.mark { float: right; font-weight: 600; } [data-state=ok] .mark, #verdict[data-state=ok] { color: #17632b; } [data-state=bad] .mark, #verdict[data-state=bad] { color: #b3261e; }
#verdict { font-weight: 600; } summary { cursor: pointer; font-weight: 600; padding: .4rem 0; }
`;

/** A worker that does nothing: whether it may be registered at all is the question. */
export const PROBE_JS = "self.addEventListener('install', () => self.skipWaiting());\n";

const CHECKS: readonly (readonly [id: string, hi: string, en: string])[] = [
  ['secure', 'पता सुरक्षित है (https या localhost)', 'The address is secure (https or localhost)'],
  ['certificate', 'अस्पताल के प्रमाणपत्र पर भरोसा', 'The hospital certificate is trusted'],
  ['service-worker', 'बिना नेटवर्क के खुलना (service worker)', 'Opens without a network (service worker)'],
  ['storage', 'काम रखने की जगह (OPFS)', 'A place to keep work (OPFS)'],
  ['locks', 'दो टैब अलग रखना (Web Locks)', 'Keeps two tabs apart (Web Locks)'],
  ['crypto', 'हस्ताक्षर (Ed25519)', 'Signatures (Ed25519)'],
  ['workers', 'पीछे चलने वाला काम (workers)', 'Work in the background (workers)'],
];

export function preparePage(facts: PageFacts): string {
  return page(
    'इस PC को तैयार करें · Prepare this PC',
    `<p>${escaped(facts.hospital)}</p>
<h2 id="checks">1. <span lang="hi">यह ब्राउज़र, इस पते पर</span> · This browser, at this address</h2>
<p id="verdict" role="status"><span lang="hi">जाँच के लिए JavaScript चालू करें।</span> · Switch JavaScript on for the check.</p>
<ul class="checks">${CHECKS.map(([id, hi, en]) => `<li id="check-${id}"><span class="mark"></span><span lang="hi">${hi}</span> · ${en}<div class="mend"></div></li>`).join('')}</ul>
<p><button type="button" id="again">फिर जाँचें · Check again</button></p>
${facts.fingerprint === undefined ? NO_AUTHORITY : install(facts.fingerprint, facts.secureUrl)}
<script type="module" src="/ca/page.js"></script>`,
  );
}

/** In the place of every page of the app, over plain http under another name than localhost. */
export function notSecurePage(facts: PageFacts, host: string): string {
  const go =
    facts.secureUrl === undefined
      ? `<p lang="hi">यह हब इस पते पर अभी https नहीं देता। IT: हब को <code>--host</code> के साथ चलाएँ।</p><p>This hub does not serve https at this address yet. IT: start the hub with <code>--host</code>.</p>`
      : `<p><a class="button" href="${escaped(facts.secureUrl)}/">${escaped(facts.secureUrl)}</a></p>`;
  return page(
    'यह पेज सुरक्षित नहीं है · This page is not secure',
    `<div class="warning" role="alert">
<p lang="hi"><strong>http://${escaped(host)} पर डेस्क काम नहीं करता।</strong> ऐसे पते पर ब्राउज़र न कुछ सहेजता है न हस्ताक्षर करता है, और पासवर्ड रास्ते में पढ़ा जा सकता है। यहाँ कुछ न लिखें।</p>
<p><strong>A desk does not work at http://${escaped(host)}.</strong> A browser saves and signs nothing on such an address, and a password could be read on the way. Type nothing here.</p>
</div>
<h2><span lang="hi">क्या करें</span> · What to do</h2>
<ol>
<li><span lang="hi">पहले इस PC पर अस्पताल का प्रमाणपत्र डालें:</span> First install the hospital certificate on this PC: <a href="/ca">इस PC को तैयार करें · Prepare this PC</a></li>
<li><span lang="hi">फिर सुरक्षित पता खोलें:</span> Then open the secure address: ${go}</li>
</ol>
<p><span lang="hi">हब वाली मशीन पर ही <code>http://localhost</code> को कुछ नहीं चाहिए।</span> On the machine of the hub itself <code>http://localhost</code> needs nothing.</p>`,
  );
}

const NO_AUTHORITY = `<h2>2. <span lang="hi">प्रमाणपत्र</span> · Certificate</h2>
<p lang="hi">इस हब के पास अभी अस्पताल का प्रमाणपत्र नहीं है। दूसरे हब का यही पेज खोलें।</p>
<p>This hub does not hold the hospital certificate yet. Open this page of another hub.</p>`;

function install(fingerprint: string, secureUrl: string | undefined): string {
  return `<h2 id="install">2. <span lang="hi">अस्पताल का प्रमाणपत्र डालें</span> · Install the hospital certificate</h2>
<p><a class="button" href="/ca/root.crt" download="hospital-root.crt">root.crt (Windows, Android)</a> <a class="button" href="/ca/root.pem" download="hospital-root.pem">root.pem (Linux)</a></p>
<p lang="hi">डालने से पहले यह छाप (SHA-256) IT के कागज़ वाली से मिलाएँ। एक भी अक्षर अलग हो तो न डालें।</p>
<p>Before you install it, compare this fingerprint (SHA-256) with the one on IT's paper. If one character differs, do not install it.</p>
<pre id="fingerprint">${escaped(fingerprint)}</pre>
<details><summary>Windows: Chrome, Edge</summary>
<ol lang="hi"><li>root.crt पर दो बार क्लिक करें, “Install Certificate”, “Local Machine”।</li><li>“Place all certificates in the following store” में “Trusted Root Certification Authorities” चुनें।</li><li>ब्राउज़र की सारी विंडो बंद करके फिर खोलें।</li></ol>
<ol><li>Double-click root.crt, “Install Certificate”, “Local Machine”.</li><li>“Place all certificates in the following store”: choose “Trusted Root Certification Authorities”.</li><li>Close every window of the browser and open it again.</li></ol>
<p>Administrator: <code>certutil -addstore -f Root hospital-root.crt</code></p></details>
<details><summary>Linux: Chrome, Chromium</summary>
<p><span lang="hi">हर उपयोगकर्ता के लिए</span> · For each user (package libnss3-tools):</p>
<pre>mkdir -p ~/.pki/nssdb
certutil -d sql:$HOME/.pki/nssdb -A -t "C,," -n "Hospital root" -i hospital-root.pem</pre>
<p><span lang="hi">बाकी प्रोग्रामों के लिए</span> · For other programs:</p>
<pre>sudo cp hospital-root.pem /usr/local/share/ca-certificates/hospital-root.crt
sudo update-ca-certificates</pre></details>
<details><summary>Android</summary>
<p lang="hi">Settings → Security → Encryption &amp; credentials → Install a certificate → CA certificate, फिर root.crt चुनें।</p>
<p>Settings → Security → Encryption &amp; credentials → Install a certificate → CA certificate, then choose root.crt.</p></details>
<details><summary><span lang="hi">IT: एक साथ कई PC</span> · IT: many PCs at once (Chrome, Chromium, Edge policy)</summary>
<p><span lang="hi">यह फ़ाइल</span> <a href="/ca/policy.json" download="nirantar-policy.json">nirantar-policy.json</a> <span lang="hi">यहाँ रखें:</span></p>
<p>Put the file <a href="/ca/policy.json" download="nirantar-policy.json">nirantar-policy.json</a> into:</p>
<pre>/etc/chromium/policies/managed/
/etc/opt/chrome/policies/managed/
/etc/opt/edge/policies/managed/</pre>
<p><span lang="hi">Windows: Group Policy, “Trusted Root Certification Authorities”।</span> Windows: Group Policy, Computer Configuration → Windows Settings → Security Settings → Public Key Policies → Trusted Root Certification Authorities. <span lang="hi">जाँच:</span> To see that it holds: <code>chrome://policy</code></p></details>
${secureUrl === undefined ? '' : `<h2>3. <span lang="hi">डेस्क खोलें</span> · Open the desk</h2><p><a class="button" href="${escaped(secureUrl)}/ca">${escaped(secureUrl)}/ca</a> <span lang="hi">पहले यहाँ फिर जाँचें, फिर</span> first check there again, then <a class="button" href="${escaped(secureUrl)}/">${escaped(secureUrl)}</a></p>`}`;
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/ca/page.css"></head>
<body><main><h1>${title}</h1>${body}</main></body></html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
