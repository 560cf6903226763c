// First names of men by community, written for synthetic data only. No row stands for a person.
import { nameTable } from './name-table.ts';

export const MALE = {
  north: nameTable(`
    Ramesh रमेश, Suresh सुरेश, Rajesh राजेश, Mukesh मुकेश, Rakesh राकेश, Dinesh दिनेश, Mahesh महेश, Sanjay संजय Sanjai, Vijay विजय Vijai, Ajay अजय Ajai, Manoj मनोज,
    Anil अनिल, Sunil सुनील Suneel, Ashok अशोक, Vinod विनोद, Pramod प्रमोद, Rajendra राजेंद्र Rajender Rajinder, Mahendra महेंद्र Mahender Mohinder, Surendra सुरेंद्र Surender Surinder,
    Narendra नरेंद्र Narender Narinder, Virendra वीरेंद्र Birendra Virender, Dharmendra धर्मेंद्र Dharmender, Jitendra जितेंद्र Jitender, Upendra उपेंद्र, Raju राजू, Sonu सोनू, Monu मोनू, Pappu पप्पू,
    Deepak दीपक Dipak, Santosh संतोष, Rahul राहुल, Amit अमित, Sumit सुमित, Rohit रोहित, Mohit मोहित, Vikas विकास Vikash Bikash, Ravi रवि, Arvind अरविंद Arbind Aravind, Krishna कृष्णा Kishna,
    Gopal गोपाल, Mohan मोहन, Sohan सोहन, Ram राम, Shyam श्याम Syam, Hari हरि, Shiv शिव Shiva, Shankar शंकर Sankar, Kailash कैलाश, Brijesh बृजेश Brajesh, Umesh उमेश, Ganesh गणेश,
    Lalan ललन, Naresh नरेश, Kamlesh कमलेश, Satish सतीश Sateesh, Girish गिरीश, Jagdish जगदीश Jagdeesh, Om ओम, Prakash प्रकाश Parkash, Chandan चंदन, Nitin नितिन, Sachin सचिन, Vishal विशाल,
    Gaurav गौरव, Saurabh सौरभ Sourabh, Abhishek अभिषेक, Ankit अंकित, Manish मनीष Maneesh, Ashish आशीष Aashish, Pankaj पंकज, Neeraj नीरज Niraj, Dhiraj धीरज Dheeraj, Pradeep प्रदीप Pradip Pardeep,
    Sandeep संदीप Sandip, Kuldeep कुलदीप, Jaiprakash जयप्रकाश Jayprakash, Ramavtar रामअवतार Ramautar, Ramprasad रामप्रसाद, Ramkishan रामकिशन Ramkishun, Ramsewak रामसेवक,
    Shivkumar शिवकुमार Shivakumar, Rajkumar राजकुमार, Lallan लल्लन, Munna मुन्ना, Bablu बबलू, Guddu गुड्डू, Chhotelal छोटेलाल Chotelal, Badri बद्री, Banwari बनवारी Banvari, Ghanshyam घनश्याम,
    Baldev बलदेव, Tulsi तुलसी, Nandlal नंदलाल, Hiralal हीरालाल Heeralal, Moolchand मूलचंद Mulchand, Phoolchand फूलचंद Phulchand, Bhola भोला, Birju बिरजू, Devendra देवेंद्र Devender, Yogesh योगेश,
    Lokesh लोकेश, Aryan आर्यन, Aarav आरव, Ayush आयुष Aayush, Piyush पीयूष Peeyush, Harsh हर्ष, Kartik कार्तिक Karthik, Shivam शिवम, Satyam सत्यम, Vivek विवेक Bibek`),
  muslim: nameTable(`
    Mohammad मोहम्मद Mohd Mohammed Muhammad Mohamad Md, Abdul अब्दुल, Imran इमरान, Salim सलीम Saleem, Irfan इरफान, Javed जावेद Jawed Javaid, Naseem नसीम Nasim, Shakeel शकील Shakil,
    Rashid राशिद Rasheed, Asif आसिफ Aasif, Arif आरिफ Aarif, Nadeem नदीम Nadim, Wasim वसीम Waseem, Akhtar अख्तर, Aslam असलम, Iqbal इकबाल, Yusuf यूसुफ Yousuf Yusuph, Ibrahim इब्राहिम,
    Ismail इस्माइल, Hasan हसन Hassan, Husain हुसैन Hussain Hussein, Ali अली, Ahmad अहमद Ahmed, Mustafa मुस्तफा, Farhan फरहान, Sajid साजिद, Zakir ज़ाकिर Jakir, Shahid शाहिद, Aftab आफताब,
    Mehboob महबूब Mahboob, Noor नूर Nur, Rafiq रफीक Rafique, Usman उस्मान, Tariq तारिक, Firoz फिरोज Feroz, Sharif शरीफ Shareef, Parvez परवेज Pervez, Guddu गुड्डू, Munna मुन्ना`),
  sikh: nameTable(`
    Gurpreet गुरप्रीत, Harjinder हरजिंदर, Balwinder बलविंदर, Jaswinder जसविंदर, Sukhdev सुखदेव, Manjit मंजीत Manjeet, Amarjit अमरजीत Amarjeet, Kulwant कुलवंत, Gurmeet गुरमीत Gurmit, Satnam सतनाम,
    Harbhajan हरभजन, Ranjit रंजीत Ranjeet, Paramjit परमजीत Paramjeet, Jagtar जगतार, Lakhwinder लखविंदर, Daljit दलजीत, Inderjit इंद्रजीत Inderjeet, Navjot नवजोत`),
  christian: nameTable(`
    Joseph जोसेफ Josef, Thomas थॉमस, George जॉर्ज, John जॉन, Mathew मैथ्यू Mathews Matthew, Jacob जैकब, Antony एंटनी Anthony, Francis फ्रांसिस, Peter पीटर, Paul पॉल, Daniel डैनियल, Samuel सैमुअल,
    Sunny सनी, Varghese वर्गीस, Philip फिलिप Phillip, Simon साइमन, Martin मार्टिन, David डेविड`),
  bengal: nameTable(`
    Subhash सुभाष Subhas, Tapan तपन, Swapan स्वपन, Biswajit विश्वजीत Viswajit, Prasenjit प्रसेनजीत, Sourav सौरव, Arup अरूप, Dipankar दीपंकर Deepankar, Gautam गौतम Goutam, Pranab प्रणव, Nirmal निर्मल,
    Bimal बिमल Vimal, Sukumar सुकुमार, Kartik कार्तिक, Haradhan हराधन, Gopal गोपाल, Sanjib संजीव Sanjeev, Rabindra रवींद्र Ravindra, Tarun तरुण, Madan मदन, Ujjal उज्ज्वल Ujjwal, Jayanta जयंत, Nikhil निखिल`),
  south: nameTable(`
    Murugan मुरुगन, Venkatesh वेंकटेश Venkatesan, Subramanian सुब्रमण्यन Subramaniam, Srinivas श्रीनिवास Sreenivas Srinivasan, Ravi रवि, Kumar कुमार, Senthil सेंथिल, Karthik कार्तिक Kartik, Raghavan राघवन,
    Balaji बालाजी, Nagaraj नागराज, Manjunath मंजूनाथ, Shekar शेखर Shekhar, Ramaiah रामय्या, Krishnan कृष्णन, Anand आनंद, Bala बाला, Prasad प्रसाद, Gopinath गोपीनाथ, Siva शिवा, Mani मणि, Selvam सेल्वम,
    Perumal पेरुमाल, Basavaraj बसवराज, Hanumantha हनुमंत, Lingam लिंगम, Sathish सतीश Satish`),
  west: nameTable(`
    Sachin सचिन, Ganpat गणपत, Dattatray दत्तात्रय, Pandurang पांडुरंग, Vitthal विट्ठल, Tukaram तुकाराम, Prakash प्रकाश, Nilesh नीलेश, Sandip संदीप Sandeep, Vilas विलास, Bhaskar भास्कर, Shantaram शांताराम,
    Jayesh जयेश, Hitesh हितेश, Bhavesh भावेश, Kalpesh कल्पेश, Bharat भारत, Chirag चिराग, Jignesh जिग्नेश, Kanti कांति, Mansukh मनसुख, Ramnik रमणीक, Dhiren धीरेन, Hasmukh हसमुख, Popat पोपट`),
  northeast: nameTable(`
    Bhupen भूपेन, Dhiren धीरेन, Pranjal प्रांजल, Jatin जतिन, Ranjan रंजन, Biren बीरेन, Tomba तोम्बा, Ibobi इबोबी, Lalthanga ललथंगा, Zoramthanga जोरमथंगा, Tashi ताशी, Tenzin तेनज़िन, Dorjee दोरजी Dorji,
    Karma कर्मा, Bhaskarjyoti भास्करज्योति, Manas मानस, Hiren हिरेन, Nabin नवीन, Dilip दिलीप`),
} as const;
