import type { Chance } from './random.ts';
import { pickerOf, ranked } from './random.ts';

/** A name with the form of it that stands in an email address: plain small letters. */
export interface Name {
  readonly text: string;
  readonly plain: string;
}

export interface PersonName {
  readonly title: string;
  readonly forename: Name;
  readonly surname: Name;
}

interface Heritage {
  readonly share: number;
  readonly surnames: string;
  readonly women: string;
  readonly men: string;
}

/**
 * Names by where families come from, most common first, in about the proportions of the United Kingdom:
 * England, Wales and Scotland; Ireland; South Asia; Poland and the rest of Europe; Africa and the Caribbean; China.
 */
const heritages: readonly Heritage[] = [
  {
    share: 79,
    surnames: `Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White
      Roberts Green Hall Wood Jackson Clarke Harrison Scott Turner Hill Moore Cooper Morris Ward Lewis King Watson
      Baker Harris Morgan Young Allen Mitchell Phillips James Campbell Anderson Bell Lee Parker Davis Bennett
      Cook Shaw Griffiths Carter Hughes Adams Richardson Marshall Collins Gray Stewart Price Simpson Richards Ellis
      Webb Cox Rogers Robertson Mills Palmer Thomas Stevens Hunt Graham Hunter Foster Barnes Powell Knight Dixon
      Matthews Butler Russell Fisher Owen Murray Mason Lloyd Reynolds Reid Pearson Fletcher Gibson Holmes Day Andrews
      Elliott Harvey Howard Ford Fox Wells Chapman Armstrong Barker Dawson Saunders Rose Cole Black Payne Pearce
      Lawson Spencer Atkinson Watts Burton Gardner Stone Jenkins Hudson Page Harding Lane Arnold West Walsh
      Bailey Brooks Henderson Carr Edwards Jordan Wallace Bradley Hart Grant Hamilton Johnston Fraser Ross Thomson
      Macdonald MacKenzie McDonald Cameron Ferguson Duncan Kerr Paterson Morrison Macleod Sinclair Burns Boyd Crawford
      Cunningham Rees Pritchard Vaughan Probert Bowen Pugh Howells Llewellyn Gwynne Hopkins Parry Booth Ashworth
      Ackroyd Sutcliffe Greenwood Hargreaves Whitaker Ramsbottom Entwistle Heaton Haigh Sykes Hirst Dyson Barraclough
      Crossley Kershaw Nuttall Openshaw Pickering Metcalfe Bainbridge Charlton Robson Milburn Hodgson Nicholson
      Wilkinson Parkinson Atherton Leigh Birch Hayward Tucker Penrose Tregenza Trelawney Pascoe Nance Hocking
      Snell Symons Crocker Gale Frost Winter Summers Peacock Bird Swann Partridge Finch Drake Nightingale Lamb Bull
      Hogg Archer Bowman Sawyer Cartwright Wainwright Wheeler Cooke Miller Fuller Weaver Potter Glover Naylor Chandler
      Mercer Sheppard Shepherd Gardiner Goodwin Goodman Newman Newton Norton Sutton Hutton Morton Burrows Barrow
      Marsh Moss Heath Field Fielding Meadows Rivers Brook Poole Banks Bridges Park Parkes Lowe Low Long Short Little
      Bright Sharp Swift Wise Noble Rich Strong Savage Stubbs Tomlinson Hodgkinson Higginbottom Blenkinsop
      Cholmondeley Featherstone Fairweather Merryweather Winterbottom Longbottom Fothergill Thistlethwaite Postlethwaite
      Braithwaite Micklethwaite Osbaldeston Featherstonehaugh Smith-Jones Parker-Bowles Taylor-Wood Lloyd-Evans
      Rees-Morgan Wilson-Hart Baker-Finch Clarke-Webb`,
    women: `Susan Margaret Sarah Karen Julie Helen Christine Elizabeth Jacqueline Patricia Claire Emma Nicola Linda
      Deborah Jane Alison Amanda Tracey Joanne Lisa Michelle Rebecca Victoria Samantha Rachel Laura Louise Catherine
      Gemma Jennifer Janet Angela Carol Barbara Anne Jean Joan Sheila Maureen Pauline Lesley Gillian Lynn Wendy Diane
      Sandra Sharon Dawn Sally Jessica Charlotte Lauren Sophie Hannah Amy Katie Lucy Emily Chloe Megan Bethany Olivia
      Georgia Ellie Abigail Holly Natalie Kelly Kerry Stacey Hayley Zoë Natasha Melanie Heather Fiona Kirsty Lorna
      Mhairi Eilidh Isla Morag Rhiannon Siân Carys Ffion Angharad Bronwen Nerys Cerys Eleri Lowri Beryl Doreen Hilda
      Marjorie Dorothy Rita Brenda Hazel Ruth Rosemary Judith Marion Valerie Yvonne Paula Teresa Beverley Denise
      Elaine Annette Maria Frances Kathryn Philippa Penelope Harriet Isobel Rosie Freya Poppy Daisy Evie Grace Amelia
      Ava Mia Phoebe Imogen Eleanor Matilda Beth Jo Kate Mary-Ann Anne-Marie Sue Pam Val Renée Chloë`,
    men: `David John Paul Andrew Mark Michael Peter Stephen Ian Robert Richard Christopher James Steven Kevin Alan
      Simon Martin Philip Anthony Graham Gary Colin Neil Nigel Keith Brian William Thomas Matthew Daniel Jonathan
      Adam Lee Stuart Craig Darren Jason Wayne Dean Carl Scott Barry Roger Trevor Derek Raymond Kenneth Dennis
      Geoffrey Terence Malcolm Clive Russell Adrian Gareth Gavin Karl Shaun Timothy Nicholas Benjamin Samuel Joshua
      Luke Ryan Liam Jack Oliver Harry George Charlie Jake Callum Connor Lewis Jordan Nathan Aaron Kieran Alexander
      Joseph Edward Henry Charles Hugh Duncan Ewan Angus Hamish Alasdair Fraser Iain Calum Rhys Dylan Gethin Huw Ieuan
      Emyr Gwilym Iwan Owain Siôn Rhodri Ronald Donald Norman Stanley Leonard Frederick Ernest Albert Arthur Harold
      Walter Reginald Cyril Roy Ray Gordon Douglas Howard Leslie Gerald Francis Rupert Giles Toby Jamie Elliot Max
      Theo Finley Archie Freddie Alfie Leo Mason Tyler Bradley Ross Grant Bruce Glenn Dale Guy Miles Piers Noel Zach`,
  },
  {
    share: 5,
    surnames: `Murphy Kelly O'Brien O'Neill Ryan Walsh O'Connor Byrne Doyle McCarthy Gallagher O'Sullivan Kennedy Lynch
      Murray Quinn Moore McLaughlin Carroll Connolly Daly Dunne O'Donnell Nolan Fitzgerald O'Reilly Brennan Burke
      Hughes McGrath Donnelly McKenna O'Hara O'Shea Maguire Flynn Duffy Farrell Kavanagh Foley Healy Keane O'Rourke
      McMahon Boyle Flanagan Sheehan O'Leary Cassidy Mullan Devlin McGuinness Ó'Dálaigh`,
    women: `Mary Siobhán Aoife Niamh Sinéad Ciara Róisín Gráinne Orla Deirdre Maeve Bridget Bernadette Geraldine
      Noreen Kathleen Eileen Nuala Fionnuala Caoimhe Saoirse Clodagh Bríd Colleen Shauna Una Áine Catríona`,
    men: `Patrick Michael Seán Liam Kieran Declan Brendan Eamon Conor Cormac Diarmuid Donal Fergal Finbar Gerard Kevin
      Niall Padraig Ronan Rory Séamus Tadhg Thomas Oisín Cillian Eoin Ciarán Aidan Dermot`,
  },
  {
    share: 8,
    surnames: `Patel Singh Khan Ahmed Hussain Ali Begum Kaur Shah Akhtar Iqbal Malik Mahmood Rahman Miah Islam Uddin
      Choudhury Mistry Desai Joshi Mehta Sharma Gupta Kumar Sandhu Gill Dhillon Grewal Bains Sidhu Chauhan Parmar
      Solanki Rashid Aziz Mirza Qureshi Sheikh Siddiqui Chaudhry Bhatt Nair Menon Iyer Fernando Perera Rai Gurung`,
    women: `Fatima Aisha Priya Anita Sunita Meera Nasreen Shabana Yasmin Zainab Amina Saima Rukhsana Parveen Harpreet
      Jaspreet Manpreet Gurpreet Simran Kiran Deepa Neha Pooja Kavita Rekha Nisha Bhavna Hina Mariam Sana Farah Lakshmi`,
    men: `Mohammed Muhammad Imran Asif Tariq Nadeem Khalid Abdul Ahmed Hassan Usman Bilal Faisal Amir Zahid Rajesh
      Sanjay Vijay Anil Sunil Amit Ravi Harjit Gurdeep Balvinder Jagdeep Manjit Sukhdev Nikhil Rohan Dev Arjun Kamal`,
  },
  {
    share: 4,
    surnames: `Nowak Kowalski Wiśniewski Wójcik Kamiński Lewandowski Zieliński Szymański Kozłowski Popescu Ionescu
      Ivanov Petrov Kovács Nagy Horváth Novák Rossi Russo Ferrari García Fernández Martínez Silva Santos Müller
      Schmidt Dubois Lefèvre Jansen Nielsen Johansson Papadopoulos Demir`,
    women: `Anna Katarzyna Agnieszka Małgorzata Monika Ewa Joanna Magdalena Elena Ioana Maria Andreea Sofía Lucía
      Giulia Francesca Chiara Ingrid Astrid Éva Zsófia Hélène Amélie Françoise Zeynep`,
    men: `Piotr Krzysztof Tomasz Paweł Marcin Łukasz Michał Jakub Andrei Mihai Ion Marco Luca Giuseppe José João
      Miguel Jürgen Jörg Björn Lars Henrik László Zoltán François André Dimitrios Emre`,
  },
  {
    share: 3,
    surnames: `Okafor Adeyemi Mensah Owusu Okonkwo Adebayo Boateng Asante Nwosu Balogun Osei Appiah Mbeki Ndlovu Moyo
      Abdi Mohamud Hassan Campbell Brown Clarke Francis Joseph Charles Baptiste Pierre Desmond-Cole Augustine`,
    women: `Ngozi Chioma Adaeze Folake Yetunde Abena Akosua Ama Efua Grace Blessing Patience Comfort Esther Mercy
      Precious Marcia Yvonne Beverley Shanice Keisha Amina Hodan Ifrah`,
    men: `Chukwuemeka Oluwaseun Babatunde Emeka Kwame Kofi Kwabena Yaw Emmanuel Samuel Isaac Winston Delroy Leroy
      Errol Marlon Curtis Tendai Farai Abdirahman Ibrahim Yusuf`,
  },
  {
    share: 1,
    surnames: 'Chen Wong Chan Li Wang Zhang Liu Lam Cheung Ho Ng Tang Yeung Huang Nguyen Tran',
    women: 'Mei Ling Wei Xiu Yan Grace Jenny Fiona Amy Joyce Vivian Linh',
    men: 'Wei Jun Ming Kevin Jason Raymond Alan Tony Henry Hao Minh',
  },
];

const pickHeritage = pickerOf(
  heritages.map((heritage) => {
    const names = {
      surname: pickerOf(ranked(namesIn(heritage.surnames), 20)),
      woman: pickerOf(ranked(namesIn(heritage.women), 30)),
      man: pickerOf(ranked(namesIn(heritage.men), 30)),
    };
    return [names, heritage.share] as const;
  }),
);

const pickWomansTitle = pickerOf([
  ['Mrs', 52],
  ['Ms', 22],
  ['Miss', 22],
  ['Dr', 3],
  ['', 5],
]);
const pickMansTitle = pickerOf([
  ['Mr', 92],
  ['Dr', 3],
  ['Rev', 0.3],
  ['Sir', 0.1],
  ['', 5],
]);

/** A person's name. With a surname given, of that family. */
export function pickPersonName(chance: Chance, family: Name | null): PersonName {
  const names = pickHeritage(chance);
  const isWoman = chance.share(0.48);
  const single = family ?? names.surname(chance);
  return {
    title: isWoman ? pickWomansTitle(chance) : pickMansTitle(chance),
    forename: isWoman ? names.woman(chance) : names.man(chance),
    surname: family === null && chance.share(0.012) ? joined(single, names.surname(chance)) : single,
  };
}

function joined(first: Name, second: Name): Name {
  if (first === second || first.text.includes('-') || second.text.includes('-')) return first;
  return { text: `${first.text}-${second.text}`, plain: `${first.plain}-${second.plain}` };
}

function namesIn(list: string): Name[] {
  return list
    .trim()
    .split(/\s+/)
    .map((text) => ({
      text,
      plain: text
        .toLowerCase()
        .replaceAll('ł', 'l')
        .normalize('NFD')
        .replace(/[^a-z-]/g, ''),
    }));
}
