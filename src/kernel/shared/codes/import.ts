// Codes of imports from CSV files: what is wrong with the file or with one row, and what to do.

export const IMPORT_CODES = {
  'import-file-empty': {
    status: 422,
    en: 'The file has no rows. Export it again with a heading row and at least one row.',
    hi: 'फ़ाइल में कोई पंक्ति नहीं है। शीर्षक पंक्ति और कम से कम एक पंक्ति के साथ फिर निर्यात करें।',
  },
  'import-file-too-large': {
    status: 413,
    en: 'The file has more than {limit} rows. Split it and import the parts one after the other.',
    hi: 'फ़ाइल में {limit} से अधिक पंक्तियाँ हैं। इसे बाँटकर एक के बाद एक आयात करें।',
  },
  'import-column-missing': {
    status: 422,
    en: 'The column {column} is missing. Add it to the heading row; see the documentation of the import for all columns.',
    hi: 'कॉलम {column} नहीं है। इसे शीर्षक पंक्ति में जोड़ें; सभी कॉलम आयात के दस्तावेज़ में हैं।',
  },
  'import-column-unknown': {
    status: 422,
    en: 'Column number {column} of the heading row is not known. Rename or remove it; nothing is guessed.',
    hi: 'शीर्षक पंक्ति का कॉलम क्रमांक {column} अज्ञात है। नाम बदलें या हटाएँ; अनुमान नहीं लगाया जाता।',
  },
  'import-column-twice': {
    status: 422,
    en: 'The column {column} stands twice in the heading row. Remove one.',
    hi: 'कॉलम {column} शीर्षक पंक्ति में दो बार है। एक हटाएँ।',
  },
  'import-row-width': {
    status: 422,
    en: 'The row has {cells} cells, the heading row {columns}. Look for a missing quotation mark or comma.',
    hi: 'पंक्ति में {cells} खाने हैं, शीर्षक में {columns}। छूटा उद्धरण चिह्न या अल्पविराम देखें।',
  },
  'import-row-quotes': {
    status: 422,
    en: 'A quotation mark is missing or left over in this row. Mend it.',
    hi: 'इस पंक्ति में उद्धरण चिह्न छूटा या अधिक है। सुधारें।',
  },
  'import-cell-invalid': {
    status: 422,
    en: 'This cell is not what its column takes. Mend it; the documentation of the import says what each column takes.',
    hi: 'यह खाना अपने कॉलम के अनुसार नहीं है। सुधारें; हर कॉलम का रूप आयात के दस्तावेज़ में है।',
  },
  'import-number-twice': {
    status: 409,
    en: 'The same number stands on line {line} of this file. Decide which row is right and remove the other.',
    hi: 'यही संख्या इस फ़ाइल की पंक्ति {line} पर है। तय करें कौन सही है और दूसरी हटाएँ।',
  },
  'import-number-held': {
    status: 409,
    en: 'A patient with this number is held here already. The row is left out; correct the patient at a desk if needed.',
    hi: 'इस संख्या का मरीज़ यहाँ पहले से है। पंक्ति छोड़ दी गई; ज़रूरत हो तो डेस्क पर मरीज़ का विवरण सुधारें।',
  },
} as const;
