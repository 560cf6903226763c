// `npm run check`: walls, types, lint, format and unit tests, one line each; stops at the first that fails.
import { CHECK_STEPS, runStep } from './steps.ts';

for (const step of CHECK_STEPS) {
  const result = await runStep(step);
  if (!result.ok) {
    console.error(`Mend '${step.name}' first. 'npm run format' mends the format; every other line above says where.`);
    process.exit(1);
  }
}
