// `npm test`: the check, then real disks and sockets, the simulator's fixed seeds, and the browser. Goes on after a
// failure, so that one run tells everything; the last line counts the tests of all runs.
import { existsSync, globSync } from 'node:fs';
import path from 'node:path';
import { findOrInstallChromium } from './chromium.ts';
import { BUILD_STEP, CHECK_STEPS, ROOT, runNode, runStep, type Step, type StepResult, vitestStep } from './steps.ts';

const simStep: Step = {
  name: 'sim',
  run: async () => {
    const { code, output } = await runNode([path.join(ROOT, 'tools/sim.ts'), '--fixed']);
    return { ok: code === 0, note: output.trim().split('\n').at(-1) ?? '', output };
  },
};

async function browserStep(): Promise<StepResult> {
  const chromium = await findOrInstallChromium();
  if (!chromium.ok) return { ok: false, counts: { passed: 0, failed: 1 }, output: chromium.message };
  return await vitestStep('e2e', { CHROMIUM: chromium.path }).run();
}

const steps: Step[] = [...CHECK_STEPS, vitestStep('node')];
if (existsSync(path.join(ROOT, 'tools/sim.ts'))) steps.push(simStep);
if (globSync('e2e/**/*.e2e.ts', { cwd: ROOT }).length > 0) steps.push(BUILD_STEP, { name: 'e2e', run: browserStep });

let passed = 0;
let failed = 0;
const broken: string[] = [];
for (const step of steps) {
  const result = await runStep(step);
  passed += result.counts?.passed ?? 0;
  failed += result.counts?.failed ?? 0;
  if (!result.ok) broken.push(step.name);
}
if (broken.length > 0) console.error(`Failed: ${broken.join(', ')}.`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = broken.length === 0 ? 0 : 1;
