// The demo's page: where each desk is, who can sign in, and the plugs. One file, nothing from outside, no patient on it.
import { DEMO_PASSWORD, DEMO_PEOPLE, DEMO_PIN } from '#roles/demo-users.ts';
import { DEFAULT_ROLES } from '#kernel/role/defaults.ts';

const DESKS = [
  ['/registration', 'Registration', 'पंजीकरण', 'Find or register a patient, order tests, print the slip'],
  ['/collection', 'Collection', 'नमूना संग्रह', 'Label and take tubes, rack sheet'],
  ['/lab', 'Laboratory', 'प्रयोगशाला', 'Receive, enter, validate, call, release'],
  ['/patient', 'Patient', 'मरीज़', 'Everything about one patient'],
  ['/status', 'Status', 'स्थिति', 'Hubs, unsent work, what must be settled'],
] as const;

export function demoPage(): string {
  const titles = new Map(DEFAULT_ROLES.map((role) => [role.role, role.title]));
  const people = [{ user: 'admin', name: 'Administrator', nameHi: 'प्रशासक', roles: ['admin'] }, ...DEMO_PEOPLE];
  const desks = DESKS.map(
    ([path, name, nameHi, what]) => `<li><a href="${path}"><b>${name}</b> <span lang="hi">${nameHi}</span><small>${what}</small></a></li>`,
  ).join('');
  const rows = people
    .map(
      (person) =>
        `<tr><td><code>${person.user}</code></td><td>${person.name} <span lang="hi">${person.nameHi ?? ''}</span></td><td>${person.roles.map((role) => titles.get(role) ?? role).join(', ')}</td></tr>`,
    )
    .join('');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Nirantar demo</title><meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head>
<body><header><h1><span lang="hi">निरंतर</span> Nirantar</h1><p>A made-up hospital with three hubs on this machine. Work a visit, pull the plugs, go on working, plug them in again.</p></header>
<main>
<section><h2>1. Open a desk</h2><p>The first visit makes this browser a desk. After that it needs no hub and no network. A second browser profile is a second PC.</p><ul class="desks">${desks}</ul></section>
<section><h2>2. Pull a plug</h2><p id="stage" role="status">…</p><ul class="hubs" id="hubs"></ul>
<p>In a terminal the same: <code>./nirantar demo --kill lab</code>. The process is ended at once, without a last word, as when the power goes.</p></section>
<section><h2>3. Who can sign in</h2><p>Password of everybody: <code>${DEMO_PASSWORD}</code> · PIN: <code>${DEMO_PIN}</code>. Technical and medical validation are done by two different people.</p>
<table><thead><tr><th>Sign in as</th><th>Person</th><th>Role</th></tr></thead><tbody>${rows}</tbody></table></section>
</main><script>${SCRIPT}</script></body></html>`;
}

const STYLE = `
:root{color-scheme:light dark;--ink:#0b2b36;--paper:#f3f5f6;--card:#fff;--line:#7d8d94;--good:#1b6e3c;--bad:#9c2f1f}
@media (prefers-color-scheme:dark){:root{--ink:#e3eef2;--paper:#10181c;--card:#19252b;--line:#75868e;--good:#6fd19a;--bad:#ff9a86}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 'Noto Sans','Noto Sans Devanagari',system-ui,sans-serif}
header,main{max-width:64rem;margin:0 auto;padding:1rem 1.25rem}h1{margin:.5rem 0 0;font-size:1.6rem}h2{font-size:1.15rem;margin:1.5rem 0 .25rem}
ul{list-style:none;padding:0;margin:.5rem 0;display:grid;gap:.5rem;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr))}
li{background:var(--card);border:1px solid var(--line);border-radius:.4rem}.desks a{display:block;padding:.7rem .9rem;color:inherit;text-decoration:none}.desks a:hover{text-decoration:underline}
small{display:block}.hubs li{padding:.7rem .9rem;display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;justify-content:space-between}
.up{color:var(--good);font-weight:700}.down{color:var(--bad);font-weight:700}button{font:inherit;padding:.35rem .8rem;border:1px solid var(--line);border-radius:.3rem;background:var(--card);color:inherit;cursor:pointer}
:focus-visible{outline:3px solid #0b63c5;outline-offset:2px}table{border-collapse:collapse;width:100%;background:var(--card)}th,td{text-align:left;padding:.3rem .6rem;border:1px solid var(--line)}code{font-size:1em}`;

const SCRIPT = `
const list=document.getElementById('hubs'),stage=document.getElementById('stage');let shown='';
async function act(verb,name){await fetch('/demo/'+verb+'/'+name,{method:'POST',headers:{'x-nirantar-demo':'1'}});show()}
function row(hub){const li=document.createElement('li'),text=document.createElement('span'),state=document.createElement('span'),more=document.createElement('small'),button=document.createElement('button');
const b=document.createElement('b');b.textContent=hub.title+' ';state.className=hub.answers?'up':'down';state.textContent=hub.answers?'running':hub.running?'starting':'dead';
const commits=hub.facts&&hub.facts.facts?hub.facts.facts.commits:hub.facts&&hub.facts.commits;more.textContent=hub.url+(commits===undefined?'':' · '+commits+' commits');
text.append(b,state,more);button.textContent=hub.running?'Pull the plug':'Plug it in';button.setAttribute('aria-label',button.textContent+': '+hub.title);button.onclick=()=>{button.disabled=true;act(hub.running?'kill':'start',hub.name)};li.append(text,button);return li}
async function show(){try{const state=await(await fetch('/demo/state')).json();stage.textContent=state.stage==='running'?'':'Getting ready: '+state.stage;const key=JSON.stringify(state.hubs);if(key!==shown){shown=key;list.replaceChildren(...state.hubs.map(row))}}catch{stage.textContent='The demo has been stopped. Start it again with npm start.'}}
show();setInterval(show,1500);`;
