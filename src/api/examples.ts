// Example inputs for the documentation, by name of the command or query. Tests parse each with the schema that it is for.

export const EXAMPLES: Readonly<Record<string, unknown>> = {
  signIn: { user: 'admin', password: 'correct horse battery staple' },
  registerPatient: { name: 'Sunita Devi', sex: 'female', age: { years: 34 } },
  placeOrder: { uhid: '100042000179', tests: ['PLT', 'HGB'] },
  collectSpecimen: { accession: '200042000172' },
  receiveSpecimen: { accession: '200042000172' },
  enterResult: { accession: '200042000172', test: 'PLT', value: '142', unit: '10*3/uL' },
  patient: { uhid: '100042000179' },
  patients: { search: 'sunita' },
  specimen: { accession: '200042000172' },
};
