import { words } from './combine.ts';

/** Given names of many kinds of people, ASCII. A given name alone is nobody's. */
export const GIVEN_NAMES: readonly string[] = words(`
  Abigail Adrian Agnes Alan Albert Alice Alison Amber Amelia Andrew Angela Anthony Audrey Barbara Beatrice Benjamin
  Bernard Beryl Brenda Brian Bridget Carol Catherine Cecil Charles Charlotte Clare Clifford Colin Daniel David Dawn
  Deborah Dennis Derek Diana Dominic Donald Doreen Dorothy Douglas Edith Edward Eleanor Elizabeth Ellen Emily Emma
  Eric Ernest Evelyn Felicity Florence Frances Francis Frederick Gareth Gemma Geoffrey George Gerald Gillian Gordon
  Grace Graham Gregory Hannah Harold Harriet Hazel Heather Helen Henry Hilary Howard Hugh Irene Isabel Ivy Jacob
  Janet Jasper Jean Jennifer Jeremy Jessica Joan Joseph Joyce Judith Julian Karen Keith Kenneth Laura Lawrence
  Leonard Leslie Lilian Linda Louise Lucy Lydia Malcolm Margaret Marion Martin Mary Matthew Maureen Maurice Melanie
  Michael Miriam Monica Muriel Nancy Naomi Natalie Neville Nicholas Nigel Nora Norman Olive Oliver Oscar Pamela
  Patricia Paul Pauline Peter Philip Phoebe Phyllis Rachel Ralph Raymond Rebecca Reginald Richard Robert Roger Roland
  Ronald Rosemary Roy Ruth Samuel Sandra Sarah Sheila Shirley Sidney Simon Stella Stephen Stuart Susan Sylvia Teresa
  Thomas Timothy Trevor Ursula Valerie Vera Victor Vincent Violet Walter Wendy Wilfred William Winifred Yvonne
  Aled Anwen Bethan Branwen Bronwen Carys Catrin Ceri Dafydd Delyth Dilwyn Eirian Eleri Elin Emlyn Emrys Eurwen Gethin
  Glenys Glyn Gwen Gwilym Gwyneth Heulwen Hywel Idris Ieuan Ifor Iolo Iwan Llinos Lowri Mair Mali Megan Meirion Menna
  Merfyn Myfanwy Nerys Nia Olwen Owain Rhiannon Rhodri Rhys Sian Sioned Tegwen Tudur
  Aisling Aoife Brendan Brona Cahal Caoimhe Ciaran Ciara Clodagh Colm Conor Cormac Dara Declan Deirdre Dermot Eamon Eoin
  Fergal Finbar Fintan Grainne Maeve Malachy Niall Niamh Nuala Oisin Orla Padraig Roisin Ronan Saoirse Shauna Sinead
  Ailsa Alasdair Angus Callum Catriona Craig Duncan Eilidh Euan Fergus Fiona Fraser Greer Hamish Innes Iona Isla Kirsty
  Lachlan Mairi Morag Morven Murdo Ramsay Rory Shona
  Aarav Aditi Amir Amita Anjali Arjun Asha Asif Ayesha Bilal Deepak Divya Farah Farida Gita Harpreet Imran Indira Jasmin
  Jaspreet Kamal Kavita Khalid Kiran Lakshmi Leela Manjit Meera Mehmood Mohan Nadia Naveed Neha Parveen Pooja Priya
  Rahul Rajesh Ravi Rubina Sadia Salma Sanjay Shabana Sunita Tariq Usha Vijay Yasmin Zainab
  Agnieszka Aneta Beata Bogdan Danuta Dorota Elzbieta Ewa Grazyna Halina Iwona Jadwiga Janusz Jerzy Jolanta Kasia
  Katarzyna Krystyna Kinga Leszek Lidia Magda Marek Mariusz Pawel Piotr Ryszard Sebastian Slawomir Stanislaw Tomasz
  Urszula Wanda Wojciech Zbigniew Zofia
`);
