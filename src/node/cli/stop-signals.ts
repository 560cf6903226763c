// Being told to stop: the first time in order, the second time at once. It must not know what is running.

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** What a shell shows for a process that a signal ended. */
const EXIT_SIGNALLED = 130;

/** Resolves at the first signal. A second one ends the process: nothing acknowledged is lost by that. */
export function stopRequested(onSecond: () => void = () => process.exit(EXIT_SIGNALLED)): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        if (asked) onSecond();
        asked = true;
        resolve();
      });
    }
  });
}
