// Family names by community, the most frequent first, and the words that stand in their place where there is none.
import { nameTable } from './name-table.ts';

export const SURNAMES = {
  north: nameTable(`
    Kumar कुमार, Singh सिंह, Sharma शर्मा Sarma, Yadav यादव Yadava, Gupta गुप्ता, Verma वर्मा Varma, Prasad प्रसाद Parsad, Mishra मिश्रा Misra, Ram राम, Pandey पांडेय Pandeya Panday, Tiwari तिवारी Tiwary Tewari,
    Chauhan चौहान Chouhan, Jha झा, Thakur ठाकुर, Maurya मौर्य Mourya, Rajput राजपूत, Saini सैनी, Sah साह Shah Saha, Kushwaha कुशवाहा Kushvaha, Paswan पासवान, Mahto महतो Mahato, Mandal मंडल Mondal, Prajapati प्रजापति,
    Pal पाल, Rawat रावत, Negi नेगी, Bisht बिष्ट, Chaudhary चौधरी Choudhary Chowdhury Choudhury Chaudhari, Rathore राठौर Rathor, Solanki सोलंकी, Meena मीणा Mina, Gurjar गुर्जर Gujjar, Jatav जाटव, Tripathi त्रिपाठी, Dubey दुबे Dube,
    Shukla शुक्ला Sukla, Srivastava श्रीवास्तव Shrivastava Srivastav, Saxena सक्सेना, Agarwal अग्रवाल Aggarwal Agrawal, Jain जैन, Goel गोयल Goyal, Bansal बंसल, Mittal मित्तल, Garg गर्ग, Kashyap कश्यप, Nishad निषाद,
    Rai राय Roy Ray, Sinha सिन्हा, Vishwakarma विश्वकर्मा Viswakarma, Lodhi लोधी, Patel पटेल, Dhobi धोबी, Malik मलिक Mallik, Tyagi त्यागी, Dahiya दहिया, Hooda हुड्डा Huda, Kashi काशी, Joshi जोशी, Pant पंत, Bhatt भट्ट Bhat, Upadhyay उपाध्याय,
    Ojha ओझा, Majhi माझी Manjhi, Oraon उरांव, Munda मुंडा, Soren सोरेन, Hembram हेम्ब्रम, Besra बेसरा, Kol कोल, Sahu साहू, Sonkar सोनकर, Balmiki वाल्मीकि Valmiki, Dhanuk धानुक, Bind बिंद, Chaurasia चौरसिया`),
  muslim: nameTable(`
    Khan खान, Ansari अंसारी, Ali अली, Ahmad अहमद Ahmed, Alam आलम, Sheikh शेख Shaikh Shekh, Siddiqui सिद्दीकी Siddiqi Siddique, Hussain हुसैन Husain, Qureshi कुरैशी Kureshi, Saifi सैफी, Malik मलिक, Mansoori मंसूरी Mansuri,
    Hasan हसन, Pathan पठान, Salmani सलमानी, Idrisi इदरीसी, Raza रज़ा Raja, Mirza मिर्ज़ा, Sayyed सैयद Syed Saiyad, Usmani उस्मानी, Faridi फरीदी, Rizvi रिज़वी, Akhtar अख्तर, Haque हक Haq`),
  sikh: nameTable(`
    Singh सिंह, Sandhu संधू, Gill गिल, Sidhu सिद्धू, Dhillon ढिल्लों, Grewal ग्रेवाल, Bajwa बाजवा, Arora अरोड़ा, Ahluwalia अहलूवालिया, Bhatia भाटिया, Sethi सेठी, Chawla चावला, Saini सैनी, Virk विर्क`),
  christian: nameTable(`
    Thomas थॉमस, Joseph जोसेफ, Mathew मैथ्यू, George जॉर्ज, John जॉन, Kujur कुजूर, Tirkey तिर्की, Lakra लकड़ा, Toppo टोप्पो, Kerketta केरकेट्टा, Ekka एक्का, Minz मिंज, Fernandes फर्नांडिस Fernandez, D'Souza डिसूज़ा Dsouza, Pereira परेरा,
    Varghese वर्गीस, Masih मसीह Massey, Xess खेस`),
  bengal: nameTable(`
    Das दास, Mondal मंडल Mandal, Biswas विश्वास Vishwas, Roy राय Ray Rai, Ghosh घोष, Saha साहा, Sarkar सरकार Sarcar, Dey डे De, Paul पॉल Pal, Mukherjee मुखर्जी Mukherji, Banerjee बनर्जी Banerji, Chatterjee चटर्जी Chatterji, Halder हलदार Haldar,
    Majumdar मजूमदार Mazumder Majumder, Dutta दत्ता Datta Dutt, Bose बोस Basu, Chakraborty चक्रवर्ती Chakrabarti Chakravarty, Barman बर्मन Burman, Naskar नस्कर, Sardar सरदार, Pramanik प्रमाणिक, Bera बेरा, Maity माइती, Bhattacharya भट्टाचार्य Bhattacharjee`),
  south: nameTable(`
    Reddy रेड्डी, Naidu नायडू, Rao राव, Nair नायर, Pillai पिल्लई, Menon मेनन, Gowda गौड़ा, Iyer अय्यर, Iyengar अयंगार, Naik नाइक Nayak, Shetty शेट्टी, Murthy मूर्ति Murty, Chetty चेट्टी, Raju राजू, Hegde हेगड़े, Goud गौड, Babu बाबू, Kurup कुरुप`),
  west: nameTable(`
    Patel पटेल, Shah शाह, Patil पाटिल, Jadhav जाधव, Shinde शिंदे, Pawar पवार, Kulkarni कुलकर्णी, Deshmukh देशमुख, Gaikwad गायकवाड़, More मोरे, Kamble कांबले, Parmar परमार, Solanki सोलंकी, Desai देसाई, Mehta मेहता, Joshi जोशी, Chavan चव्हाण,
    Bhosale भोसले Bhosle, Rathod राठौड़, Makwana मकवाना, Vaghela वाघेला, Trivedi त्रिवेदी, Thakkar ठक्कर, Kale काले, Salunkhe सालुंखे`),
  northeast: nameTable(`
    Das दास, Deka डेका, Bora बोरा Borah, Gogoi गोगोई, Saikia सैकिया, Kalita कलिता, Singh सिंह, Hazarika हजारिका, Baruah बरुआ Barua, Boro बोरो, Debbarma देबबर्मा, Reang रियांग, Sharma शर्मा, Lepcha लेप्चा, Tamang तमांग, Bhutia भूटिया, Rai राय, Konyak कोन्याक, Sangma संगमा`),
} as const;

export const DEVI = nameTable('Devi देवी')[0]!; // one row is there
export const KAUR = nameTable('Kaur कौर')[0]!; // one row is there
export const BEGUM = nameTable('Begum बेगम')[0]!; // one row is there
export const KHATOON = nameTable('Khatoon खातून Khatun')[0]!; // one row is there
export const BAI = nameTable('Bai बाई')[0]!; // one row is there
export const KUMARI = nameTable('Kumari कुमारी')[0]!; // one row is there
