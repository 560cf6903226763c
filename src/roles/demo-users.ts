// The named people of a made-up hospital, one and more for each role. Their passwords are printed on the demo's page.
import type { SeedUser } from './seed.ts';

/** The same for all of them and shown on the page: nobody's data is behind it. */
export const DEMO_PASSWORD = 'nirantar';
export const DEMO_PIN = '1947';

export const DEMO_PEOPLE: readonly Omit<SeedUser, 'verifier' | 'pinVerifier'>[] = [
  { user: 'sunita', name: 'Sunita Devi', nameHi: 'सुनीता देवी', roles: ['registration-clerk'] },
  { user: 'rakesh', name: 'Rakesh Yadav', nameHi: 'राकेश यादव', roles: ['registration-clerk'] },
  { user: 'farida', name: 'Farida Khatoon', nameHi: 'फ़रीदा ख़ातून', roles: ['phlebotomist'] },
  { user: 'joseph', name: 'Joseph Minz', nameHi: 'जोसेफ़ मिंज', roles: ['phlebotomist'] },
  { user: 'anil', name: 'Anil Kumar', nameHi: 'अनिल कुमार', roles: ['lab-technician'] },
  { user: 'lakshmi', name: 'Lakshmi Nair', nameHi: 'लक्ष्मी नायर', roles: ['lab-technician'] },
  { user: 'dr.banerjee', name: 'Dr Ananya Banerjee', nameHi: 'डॉ. अनन्या बनर्जी', roles: ['pathologist'] },
  { user: 'dr.khan', name: 'Dr Imran Khan', nameHi: 'डॉ. इमरान ख़ान', roles: ['doctor'] },
  { user: 'sister.mary', name: 'Sister Mary Tigga', nameHi: 'सिस्टर मेरी तिग्गा', roles: ['nurse'] },
  { user: 'gupta', name: 'Ramesh Gupta', nameHi: 'रमेश गुप्ता', roles: ['records-officer'] },
  { user: 'lead', name: 'Kavita Menon', nameHi: 'कविता मेनन', roles: ['incident-lead'] },
];
