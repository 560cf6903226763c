// Every view, in the order in which their tables are made (triggers name tables that must be there before them).
import { accessView } from './tables/access.ts';
import { checksSettledView } from './tables/checks-settled.ts';
import { ordersCancelledView } from './tables/orders-cancelled.ts';
import { patientWordsView } from './tables/patient-words.ts';
import { patientsView } from './tables/patients.ts';
import { reportLinesView } from './tables/report-lines.ts';
import { resultsView } from './tables/results.ts';
import { specimenWorkView } from './tables/specimen-work.ts';
import { specimensRejectedView } from './tables/specimens-rejected.ts';
import { tubeTestsView } from './tables/tube-tests.ts';
import type { View } from './view.ts';

/** A view is handed only documents of its own stream type, so that the state that it names is the state that it gets. */
function erased<S>(view: View<S>): View {
  return view as View; // see above
}

export const views: readonly View[] = [
  erased(patientsView),
  erased(patientWordsView),
  erased(ordersCancelledView),
  erased(specimenWorkView),
  erased(specimensRejectedView),
  erased(tubeTestsView),
  erased(resultsView),
  erased(reportLinesView),
  erased(checksSettledView),
  erased(accessView),
];
