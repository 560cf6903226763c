// Where synthetic patients come from: states weighted as for a big hospital in Delhi, real district names, made-up villages.
import type { Community } from './patients.ts';
import { nameTable } from './names/name-table.ts';
import type { NameEntry } from './names/name-table.ts';

export interface State {
  readonly name: string;
  readonly nameHi: string;
  /** Share of patients, in thousandths. */
  readonly weight: number;
  readonly districts: readonly NameEntry[];
  /** Shares of communities, in hundredths. Rough, for variety only. */
  readonly communities: Readonly<Partial<Record<Community, number>>>;
}

/** Two words of one place are joined by `_` in the tables. */
function districts(text: string): readonly NameEntry[] {
  return nameTable(text).map((entry) => ({
    latin: entry.latin.replaceAll('_', ' '),
    devanagari: entry.devanagari.replaceAll('_', ' '),
    variants: entry.variants,
  }));
}

export const STATES: readonly State[] = [
  {
    name: 'Delhi',
    nameHi: 'दिल्ली',
    weight: 400,
    communities: { north: 72, muslim: 14, sikh: 6, bengal: 3, south: 3, christian: 2 },
    districts:
      districts(`North_West_Delhi उत्तर_पश्चिम_दिल्ली, South_Delhi दक्षिण_दिल्ली, West_Delhi पश्चिम_दिल्ली, South_West_Delhi दक्षिण_पश्चिम_दिल्ली, North_East_Delhi उत्तर_पूर्व_दिल्ली, East_Delhi पूर्व_दिल्ली,
      South_East_Delhi दक्षिण_पूर्व_दिल्ली, Shahdara शाहदरा, North_Delhi उत्तर_दिल्ली, Central_Delhi मध्य_दिल्ली, New_Delhi नई_दिल्ली`),
  },
  {
    name: 'Uttar Pradesh',
    nameHi: 'उत्तर प्रदेश',
    weight: 230,
    communities: { north: 79, muslim: 20, sikh: 1 },
    districts:
      districts(`Ghaziabad गाज़ियाबाद, Gautam_Buddha_Nagar गौतम_बुद्ध_नगर, Bulandshahr बुलंदशहर, Meerut मेरठ, Aligarh अलीगढ़, Agra आगरा, Mathura मथुरा, Moradabad मुरादाबाद, Bareilly बरेली, Budaun बदायूं, Lucknow लखनऊ, Kanpur_Nagar कानपुर_नगर,
      Gorakhpur गोरखपुर, Azamgarh आज़मगढ़, Jaunpur जौनपुर, Varanasi वाराणसी, Prayagraj प्रयागराज, Deoria देवरिया, Ballia बलिया, Basti बस्ती, Gonda गोंडा, Bahraich बहराइच, Sitapur सीतापुर, Hardoi हरदोई, Etawah इटावा, Mainpuri मैनपुरी, Saharanpur सहारनपुर, Muzaffarnagar मुज़फ्फरनगर, Jhansi झांसी, Banda बांदा`),
  },
  {
    name: 'Bihar',
    nameHi: 'बिहार',
    weight: 120,
    communities: { north: 82, muslim: 17, christian: 1 },
    districts:
      districts(`Patna पटना, Gaya गया, Muzaffarpur मुज़फ्फरपुर, Darbhanga दरभंगा, Madhubani मधुबनी, Samastipur समस्तीपुर, Sitamarhi सीतामढ़ी, Siwan सिवान, Saran सारण, Gopalganj गोपालगंज, Begusarai बेगूसराय, Bhagalpur भागलपुर, Purnia पूर्णिया,
      Katihar कटिहार, Araria अररिया, Kishanganj किशनगंज, Saharsa सहरसा, Supaul सुपौल, Vaishali वैशाली, Nalanda नालंदा, Rohtas रोहतास, Bhojpur भोजपुर, East_Champaran पूर्वी_चंपारण, West_Champaran पश्चिमी_चंपारण`),
  },
  {
    name: 'Haryana',
    nameHi: 'हरियाणा',
    weight: 100,
    communities: { north: 88, sikh: 5, muslim: 7 },
    districts: districts(
      `Faridabad फरीदाबाद, Gurugram गुरुग्राम, Sonipat सोनीपत, Rohtak रोहतक, Jhajjar झज्जर, Panipat पानीपत, Palwal पलवल, Nuh नूंह, Rewari रेवाड़ी, Karnal करनाल, Hisar हिसार, Bhiwani भिवानी, Jind जींद, Kaithal कैथल, Ambala अंबाला, Sirsa सिरसा`,
    ),
  },
  {
    name: 'Rajasthan',
    nameHi: 'राजस्थान',
    weight: 35,
    communities: { north: 88, muslim: 10, sikh: 2 },
    districts: districts(
      `Jaipur जयपुर, Alwar अलवर, Bharatpur भरतपुर, Dholpur धौलपुर, Karauli करौली, Sikar सीकर, Jhunjhunu झुंझुनूं, Churu चूरू, Bikaner बीकानेर, Jodhpur जोधपुर, Kota कोटा, Ajmer अजमेर, Udaipur उदयपुर, Barmer बाड़मेर`,
    ),
  },
  {
    name: 'Uttarakhand',
    nameHi: 'उत्तराखंड',
    weight: 25,
    communities: { north: 88, muslim: 10, sikh: 2 },
    districts: districts(
      'Dehradun देहरादून, Haridwar हरिद्वार, Pauri_Garhwal पौड़ी_गढ़वाल, Tehri_Garhwal टिहरी_गढ़वाल, Chamoli चमोली, Almora अल्मोड़ा, Nainital नैनीताल, Udham_Singh_Nagar उधम_सिंह_नगर, Pithoragarh पिथौरागढ़',
    ),
  },
  {
    name: 'Madhya Pradesh',
    nameHi: 'मध्य प्रदेश',
    weight: 22,
    communities: { north: 91, muslim: 7, christian: 2 },
    districts: districts(
      'Gwalior ग्वालियर, Morena मुरैना, Bhind भिंड, Chhatarpur छतरपुर, Tikamgarh टीकमगढ़, Sagar सागर, Bhopal भोपाल, Indore इंदौर, Rewa रीवा, Satna सतना, Shivpuri शिवपुरी',
    ),
  },
  {
    name: 'Jharkhand',
    nameHi: 'झारखंड',
    weight: 15,
    communities: { north: 70, muslim: 14, christian: 16 },
    districts: districts(
      'Ranchi रांची, Dhanbad धनबाद, Bokaro बोकारो, Giridih गिरिडीह, Hazaribagh हज़ारीबाग, Gumla गुमला, Simdega सिमडेगा, Palamu पलामू, Deoghar देवघर, Dumka दुमका',
    ),
  },
  {
    name: 'West Bengal',
    nameHi: 'पश्चिम बंगाल',
    weight: 15,
    communities: { bengal: 70, muslim: 27, christian: 1, north: 2 },
    districts: districts(
      'Kolkata कोलकाता, Murshidabad मुर्शिदाबाद, Malda मालदा, Nadia नदिया, Hooghly हुगली, Bankura बांकुड़ा, Birbhum बीरभूम, Cooch_Behar कूच_बिहार, Jalpaiguri जलपाईगुड़ी',
    ),
  },
  {
    name: 'Punjab',
    nameHi: 'पंजाब',
    weight: 12,
    communities: { sikh: 60, north: 37, christian: 2, muslim: 1 },
    districts: districts(
      'Ludhiana लुधियाना, Amritsar अमृतसर, Jalandhar जालंधर, Patiala पटियाला, Bathinda बठिंडा, Sangrur संगरूर, Gurdaspur गुरदासपुर, Moga मोगा',
    ),
  },
  {
    name: 'Jammu and Kashmir',
    nameHi: 'जम्मू और कश्मीर',
    weight: 8,
    communities: { muslim: 65, north: 32, sikh: 3 },
    districts: districts('Jammu जम्मू, Srinagar श्रीनगर, Anantnag अनंतनाग, Baramulla बारामूला, Kathua कठुआ, Rajouri राजौरी'),
  },
  {
    name: 'Assam',
    nameHi: 'असम',
    weight: 6,
    communities: { northeast: 62, muslim: 32, bengal: 5, christian: 1 },
    districts: districts('Kamrup कामरूप, Nagaon नगांव, Barpeta बारपेटा, Dibrugarh डिब्रूगढ़, Cachar कछार, Sonitpur सोनितपुर'),
  },
  {
    name: 'Odisha',
    nameHi: 'ओडिशा',
    weight: 5,
    communities: { north: 90, christian: 4, bengal: 6 },
    districts: districts('Ganjam गंजाम, Cuttack कटक, Khordha खोर्धा, Balasore बालेश्वर, Sundargarh सुंदरगढ़'),
  },
  {
    name: 'Maharashtra',
    nameHi: 'महाराष्ट्र',
    weight: 3,
    communities: { west: 83, muslim: 14, christian: 3 },
    districts: districts('Nagpur नागपुर, Pune पुणे, Nashik नाशिक, Thane ठाणे, Amravati अमरावती'),
  },
  {
    name: 'Gujarat',
    nameHi: 'गुजरात',
    weight: 2,
    communities: { west: 89, muslim: 11 },
    districts: districts('Ahmedabad अहमदाबाद, Surat सूरत, Rajkot राजकोट, Vadodara वडोदरा'),
  },
  {
    name: 'Tamil Nadu',
    nameHi: 'तमिलनाडु',
    weight: 1,
    communities: { south: 88, muslim: 6, christian: 6 },
    districts: districts('Chennai चेन्नई, Madurai मदुरै, Coimbatore कोयंबटूर, Salem सेलम'),
  },
  {
    name: 'Kerala',
    nameHi: 'केरल',
    weight: 1,
    communities: { south: 55, muslim: 26, christian: 19 },
    districts: districts('Ernakulam एर्नाकुलम, Kottayam कोट्टायम, Malappuram मलप्पुरम, Thrissur त्रिशूर'),
  },
];

const VILLAGE_FIRST =
  nameTable(`Ram राम, Kishan किशन, Madho माधो, Hari हरि, Raja राजा, Shiv शिव, Nawab नवाब, Fateh फतेह, Sultan सुल्तान, Moti मोती, Lal लाल, Bhagwan भगवान, Gopal गोपाल, Mohan मोहन, Dev देव, Chand चांद,
  Bishun बिशुन, Maha महा, Naya नया, Jagat जगत, Sher शेर, Amar अमर, Daulat दौलत, Hasan हसन, Karim करीम, Sita सीता, Ganga गंगा, Durga दुर्गा, Ratan रतन, Sona सोना`);
const VILLAGE_LAST = nameTable(
  'pur पुर, ganj गंज, nagar नगर, garh गढ़, abad ाबाद, patti पट्टी, tola टोला, khera खेड़ा, gaon गांव, wala वाला, kalan कलां, khurd खुर्द, bigha बीघा, chak चक, dih डीह',
);

export interface Village {
  readonly name: string;
  readonly nameHi: string;
}

/** Every village: a first and a last part. `abad` joins by a vowel sign, so it goes only after a consonant. */
export const VILLAGES: readonly Village[] = VILLAGE_FIRST.flatMap((first) =>
  VILLAGE_LAST.filter((last) => last.latin !== 'abad' || /[\u0915-\u0939]$/.test(first.devanagari)).map((last) => ({
    name: `${first.latin}${last.latin}`,
    nameHi: `${first.devanagari}${last.devanagari}`.normalize('NFC'),
  })),
);
