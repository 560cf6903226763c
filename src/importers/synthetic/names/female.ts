// First names of women by community, written for synthetic data only. No row stands for a person.
import { nameTable } from './name-table.ts';

export const FEMALE = {
  north: nameTable(`
    Sunita सुनीता Suneeta Sunitha, Geeta गीता Gita Geetha, Anita अनीता Aneeta, Rekha रेखा, Pooja पूजा Puja, Meena मीना Mina, Kavita कविता Kavitha,
    Seema सीमा Sima, Asha आशा Aasha, Manju मंजू, Kiran किरण, Neha नेहा, Suman सुमन, Babita बबीता Babeeta, Laxmi लक्ष्मी Lakshmi Lakshami Laxami,
    Savita सविता Savitha, Urmila उर्मिला, Rani रानी, Priyanka प्रियंका, Jyoti ज्योति Jyothi, Usha उषा Ushaa, Shanti शांति Shanthi Santi, Kamla कमला Kamala,
    Sarita सरिता Saritha, Mamta ममता Mamata, Pushpa पुष्पा, Poonam पूनम Punam, Renu रेणु, Sushila सुशीला Susheela Shushila, Radha राधा, Sangeeta संगीता Sangita,
    Nisha निशा, Preeti प्रीति Priti Preety, Vimla विमला Vimala, Santosh संतोष, Maya माया, Bimla बिमला Bimala, Shakuntala शकुंतला Shakuntla, Archana अर्चना,
    Anju अंजू, Ritu रितु Reetu, Swati स्वाति Swathi, Deepa दीपा Dipa, Shobha शोभा, Kanta कांता, Prem प्रेम, Munni मुन्नी, Guddi गुड्डी, Pinki पिंकी Pinky,
    Ranjana रंजना, Madhu मधु, Nirmala निर्मला, Parvati पार्वती Parwati Paravati, Saroj सरोज, Chanda चंदा, Rajkumari राजकुमारी, Phoolmati फूलमती Phulmati,
    Ramdulari रामदुलारी, Kunti कुंती, Indu इंदु, Sadhna साधना Sadhana, Vandana वंदना Bandana, Rakhi राखी, Roshni रोशनी Roshani, Shivani शिवानी, Khushi खुशी Khushee,
    Anjali अंजलि Anjli, Muskan मुस्कान, Aarti आरती Arti Aarthi, Komal कोमल, Divya दिव्या Dibya, Tara तारा, Sheela शीला Shila Sheila, Leela लीला Lila, Bharti भारती Bharati,
    Chandni चांदनी Chandani, Sonam सोनम, Kajal काजल, Simran सिमरन, Monika मोनिका Monica, Deepika दीपिका, Sweta श्वेता Shweta Swetha, Richa ऋचा, Rashmi रश्मि,
    Alka अलका, Veena वीणा Vina, Hemlata हेमलता, Premlata प्रेमलता, Ramkali रामकली, Sursati सुरसती Saraswati, Gangotri गंगोत्री, Dropadi द्रौपदी Draupadi`),
  muslim: nameTable(`
    Shabnam शबनम, Rukhsana रुखसाना Rukhsaana, Nasreen नसरीन Nasrin, Shabana शबाना Shabaana, Farzana फरजाना, Salma सलमा, Fatima फातिमा Fatema Phatima,
    Ayesha आयशा Aisha Aysha, Rehana रेहाना Rihana, Yasmin यास्मीन Yasmeen, Parveen परवीन Parvin Praveen, Noorjahan नूरजहां Nurjahan, Mehrun मेहरून,
    Zainab ज़ैनब Jainab, Khatoon खातून Khatun, Tabassum तबस्सुम, Sabina सबीना Sabeena, Hasina हसीना Haseena, Naseema नसीमा Nasima, Shahnaz शहनाज Shehnaz,
    Gulshan गुलशन, Afsana अफसाना, Heena हिना Hina, Sana सना, Zeenat ज़ीनत Jinat, Razia रज़िया Rajiya, Nagma नगमा, Ruksar रुखसार Rukhsar, Amina अमीना Ameena,
    Mariyam मरियम Maryam Mariam, Kulsum कुलसुम Kulsoom, Sajida साजिदा, Anjum अंजुम, Rubina रुबीना, Nazma नज़मा Najma, Shakila शकीला Shakeela, Jahanara जहांआरा`),
  sikh: nameTable(`
    Harpreet हरप्रीत, Manpreet मनप्रीत, Gurpreet गुरप्रीत, Jaspreet जसप्रीत, Kulwinder कुलविंदर Kulvinder, Balwinder बलविंदर Balvinder, Paramjit परमजीत Paramjeet,
    Sukhwinder सुखविंदर, Amarjit अमरजीत Amarjeet, Navneet नवनीत, Simranjit सिमरनजीत Simranjeet, Rajwinder राजविंदर, Kuldeep कुलदीप, Daljit दलजीत Daljeet, Surinder सुरिंदर, Manjit मंजीत Manjeet`),
  christian: nameTable(`
    Mary मैरी Mery, Elizabeth एलिज़ाबेथ, Sheeba शीबा, Annamma अन्नम्मा, Rose रोज़, Grace ग्रेस, Sherly शर्ली Shirley, Teresa टेरेसा Theresa, Agnes एग्नेस, Philomina फिलोमिना,
    Josephine जोसेफीन, Anita अनीता, Sarah सारा Sara, Ruth रूथ, Monica मोनिका, Susan सूज़न, Leena लीना Lina, Jessy जेसी Jessie`),
  bengal: nameTable(`
    Mousumi मौसमी Mausumi, Soma सोमा, Tapasi तापसी, Mithu मिठू, Sutapa सुतपा, Purnima पूर्णिमा, Kakoli काकोली, Jharna झरना, Sumitra सुमित्रा, Arpita अर्पिता, Rina रीना Reena,
    Bulbul बुलबुल, Shikha शिखा Sikha, Chhaya छाया Chaya, Dipali दीपाली Deepali, Malati मालती, Basanti बसंती, Anima अणिमा, Papiya पापिया, Sharmila शर्मिला, Tumpa टुम्पा, Ila इला, Swapna स्वप्ना`),
  south: nameTable(`
    Lakshmi लक्ष्मी Laxmi, Saraswathi सरस्वती Saraswati, Padma पद्मा, Vijaya विजया, Revathi रेवती Revati, Kalpana कल्पना, Selvi सेल्वी, Meenakshi मीनाक्षी Minakshi, Bhavani भवानी,
    Sumathi सुमति Sumati, Vasantha वसंता Vasanta, Kamakshi कामाक्षी, Nagamma नागम्मा, Sudha सुधा, Jaya जया, Latha लता Lata, Geetha गीता Gita, Malini मालिनी, Rajeswari राजेश्वरी Rajeshwari,
    Ambika अंबिका, Devaki देवकी, Thangam तंगम, Yellamma येल्लम्मा, Sarojini सरोजिनी, Indira इंदिरा, Uma उमा, Gayathri गायत्री Gayatri`),
  west: nameTable(`
    Vaishali वैशाली, Manisha मनीषा Maneesha, Ujwala उज्ज्वला Ujjwala, Surekha सुरेखा, Sunanda सुनंदा, Nanda नंदा, Mangal मंगल, Shaila शैला, Rohini रोहिणी, Smita स्मिता, Ashwini अश्विनी,
    Varsha वर्षा, Jayshree जयश्री Jayashree, Hansa हंसा, Bhavna भावना Bhavana, Kokila कोकिला, Daksha दक्षा, Hetal हेतल, Rupal रूपल, Nayana नयना, Jignasa जिज्ञासा, Dhara धारा, Tejal तेजल, Sharda शारदा Sharada`),
  northeast: nameTable(`
    Junmoni जुनमोनी, Rupali रूपाली, Bornali बोर्नाली Barnali, Lalremi लालरेमी, Zodinpuii जोदिनपुई, Ibemhal इबेमहाल, Memcha मेमचा, Tombi तोम्बी, Anjana अंजना, Dipti दीप्ति, Nirupama निरुपमा,
    Mamoni मामोनी, Pallabi पल्लवी Pallavi, Yangchen यांगचेन, Pema पेमा, Dolma डोल्मा, Lhamu ल्हामू, Biju बीजू, Prarthana प्रार्थना`),
} as const;
