import { pickerOf } from './random.ts';

export interface Place {
  readonly town: string;
  readonly county: string;
  /** Real outward codes of the town; the inward half is made up. */
  readonly outcodes: readonly string[];
  /** The dialling code with its 0, and how many digits follow. */
  readonly diallingCode: string;
  readonly localDigits: number;
  /** The digits before the last three of Ofcom's drama numbers there, or null where Ofcom reserves none. */
  readonly dramaPrefix: string | null;
  readonly branch: string;
}

/** Town | county | outward codes | dialling code | branch | drama numbers | weight (population, in ten thousands). */
const table = `
  Sheffield|South Yorkshire|S1 S2 S3 S5 S6 S7 S8 S10 S11 S12 S13 S17 S20 S35 S36|0114|SHEF|496 0|58
  Rotherham|South Yorkshire|S60 S61 S65 S66|01709|SHEF||27
  Barnsley|South Yorkshire|S70 S71 S75|01226|SHEF||25
  Doncaster|South Yorkshire|DN1 DN2 DN4 DN5 DN6|01302|SHEF||31
  Chesterfield|Derbyshire|S40 S41 S42 S43|01246|SHEF||10
  Leeds|West Yorkshire|LS1 LS2 LS6 LS7 LS8 LS11 LS12 LS15 LS17 LS25 LS27|0113|LEED|496 0|81
  Bradford|West Yorkshire|BD1 BD2 BD3 BD5 BD7 BD9 BD10|01274|LEED||55
  Wakefield|West Yorkshire|WF1 WF2 WF3 WF4|01924|LEED||11
  Huddersfield|West Yorkshire|HD1 HD2 HD3 HD5 HD8|01484|LEED||16
  Halifax|West Yorkshire|HX1 HX2 HX3|01422|LEED||9
  Harrogate|North Yorkshire|HG1 HG2 HG3|01423|LEED||8
  York|North Yorkshire|YO1 YO10 YO23 YO24 YO26 YO30 YO31|01904|YORK||20
  Hull|East Yorkshire|HU1 HU3 HU5 HU6 HU8 HU9|01482|YORK||27
  Scarborough|North Yorkshire|YO11 YO12 YO13|01723|YORK||6
  Manchester|Greater Manchester|M1 M4 M8 M9 M11 M13 M14 M16 M19 M20 M21 M22|0161|MANC|496 0|55
  Stockport|Greater Manchester|SK1 SK2 SK3 SK4 SK5 SK7|0161|MANC|496 0|29
  Bolton|Greater Manchester|BL1 BL2 BL3|01204|MANC||19
  Oldham|Greater Manchester|OL1 OL4 OL8|0161|MANC|496 0|24
  Preston|Lancashire|PR1 PR2 PR4|01772|MANC||14
  Blackpool|Lancashire|FY1 FY2 FY3 FY4|01253|MANC||14
  Liverpool|Merseyside|L1 L4 L7 L8 L9 L12 L13 L15 L17 L18 L25|0151|LIVE|496 0|49
  Birkenhead|Merseyside|CH41 CH42 CH43|0151|LIVE|496 0|14
  Warrington|Cheshire|WA1 WA2 WA4 WA5|01925|LIVE||21
  Chester|Cheshire|CH1 CH2 CH3 CH4|01244|LIVE||9
  Birmingham|West Midlands|B1 B5 B8 B11 B13 B14 B16 B17 B21 B23 B27 B29 B31 B44|0121|BIRM|496 0|114
  Coventry|West Midlands|CV1 CV2 CV3 CV4 CV5 CV6|024|BIRM||37
  Wolverhampton|West Midlands|WV1 WV3 WV4 WV6 WV10|01902|BIRM||26
  Dudley|West Midlands|DY1 DY2 DY3|01384|BIRM||20
  Stoke-on-Trent|Staffordshire|ST1 ST2 ST3 ST4 ST6|01782|BIRM||26
  Nottingham|Nottinghamshire|NG1 NG2 NG3 NG5 NG7 NG8 NG9|0115|NOTT|496 0|32
  Derby|Derbyshire|DE1 DE3 DE21 DE22 DE23 DE24|01332|NOTT||26
  Leicester|Leicestershire|LE1 LE2 LE3 LE4 LE5|0116|NOTT|496 0|37
  Lincoln|Lincolnshire|LN1 LN2 LN5 LN6|01522|NOTT||10
  Newcastle upon Tyne|Tyne and Wear|NE1 NE2 NE3 NE4 NE5 NE6 NE7|0191|NEWC|498 0|30
  Sunderland|Tyne and Wear|SR1 SR2 SR3 SR4 SR5|0191|NEWC|498 0|27
  Durham|County Durham|DH1|0191|NEWC|498 0|5
  Middlesbrough|North Yorkshire|TS1 TS3 TS4 TS5|01642|NEWC||14
  Carlisle|Cumbria|CA1 CA2 CA3|01228|NEWC||8
  London|Greater London|E1 E5 E17 N1 N8 N16 NW1 NW3 NW10 SE1 SE5 SE15 SW1V SW2 SW11 SW19 W3 W6 W13 EC1V WC1N|020|LOND|7946 0|330
  Croydon|Surrey|CR0 CR2 CR7|020|LOND|7946 0|39
  Bromley|Kent|BR1 BR2|020|LOND|7946 0|33
  Reading|Berkshire|RG1 RG2 RG4 RG6 RG30|0118|READ|496 0|17
  Slough|Berkshire|SL1 SL2 SL3|01753|READ||16
  Oxford|Oxfordshire|OX1 OX2 OX3 OX4|01865|READ||16
  Milton Keynes|Buckinghamshire|MK1 MK3 MK6 MK9 MK13|01908|READ||23
  Guildford|Surrey|GU1 GU2 GU4|01483|READ||15
  Luton|Bedfordshire|LU1 LU2 LU3 LU4|01582|READ||23
  Cambridge|Cambridgeshire|CB1 CB2 CB3 CB4 CB5|01223|NORW||15
  Peterborough|Cambridgeshire|PE1 PE2 PE3 PE4|01733|NORW||22
  Norwich|Norfolk|NR1 NR2 NR3 NR5 NR7|01603|NORW||15
  Ipswich|Suffolk|IP1 IP2 IP3 IP4|01473|NORW||14
  Colchester|Essex|CO1 CO2 CO3 CO4|01206|NORW||13
  Chelmsford|Essex|CM1 CM2|01245|NORW||12
  Brighton|East Sussex|BN1 BN2|01273|SOUT||28
  Southampton|Hampshire|SO14 SO15 SO16 SO17 SO18 SO19|023|SOUT||26
  Portsmouth|Hampshire|PO1 PO2 PO3 PO4 PO6|023|SOUT||22
  Bournemouth|Dorset|BH1 BH2 BH5 BH6 BH8 BH9|01202|SOUT||20
  Canterbury|Kent|CT1 CT2 CT4|01227|SOUT||6
  Maidstone|Kent|ME14 ME15 ME16 ME17|01622|SOUT||12
  Bristol|Bristol|BS1 BS3 BS4 BS5 BS6 BS7 BS9 BS13 BS16|0117|BRIS|496 0|47
  Bath|Somerset|BA1 BA2|01225|BRIS||10
  Gloucester|Gloucestershire|GL1 GL2 GL4|01452|BRIS||13
  Swindon|Wiltshire|SN1 SN2 SN3 SN5 SN25|01793|BRIS||23
  Exeter|Devon|EX1 EX2 EX4|01392|BRIS||13
  Plymouth|Devon|PL1 PL2 PL3 PL4 PL5 PL6|01752|BRIS||26
  Truro|Cornwall|TR1 TR2 TR3 TR4|01872|BRIS||4
  Cardiff|South Glamorgan|CF3 CF5 CF10 CF11 CF14 CF23 CF24|029|CARD|2018 0|36
  Swansea|West Glamorgan|SA1 SA2 SA3 SA4 SA5 SA6|01792|CARD||24
  Newport|Gwent|NP10 NP18 NP19 NP20|01633|CARD||16
  Wrexham|Clwyd|LL11 LL12 LL13|01978|LIVE||13
  Bangor|Gwynedd|LL57|01248|LIVE||2
  Edinburgh|Midlothian|EH1 EH3 EH4 EH6 EH7 EH9 EH10 EH12 EH16|0131|EDIN|496 0|51
  Dunfermline|Fife|KY11 KY12|01383|EDIN||6
  Dundee|Angus|DD1 DD2 DD3 DD4 DD5|01382|EDIN||15
  Perth|Perthshire|PH1 PH2|01738|EDIN||5
  Inverness|Inverness-shire|IV1 IV2 IV3|01463|EDIN||6
  Aberdeen|Aberdeenshire|AB10 AB11 AB15 AB16 AB24 AB25|01224|EDIN||20
  Glasgow|Lanarkshire|G1 G3 G4 G11 G12 G13 G20 G31 G41 G42 G51|0141|GLAS|496 0|63
  Paisley|Renfrewshire|PA1 PA2 PA3|0141|GLAS|496 0|8
  Ayr|Ayrshire|KA7 KA8|01292|GLAS||5
  Belfast|County Antrim|BT1 BT4 BT5 BT6 BT7 BT9 BT11 BT13 BT15|028|BELF|9649 6|34
  Lisburn|County Antrim|BT27 BT28|028|BELF|9649 6|5
  Londonderry|County Londonderry|BT47 BT48|028|BELF|9649 6|9`;

type WeightedPlace = readonly [Place, number];

const places: readonly WeightedPlace[] = table
  .trim()
  .split('\n')
  .map((row) => {
    const [town = '', county = '', outcodes = '', dialling = '', branch = '', drama = '', weight = ''] = row
      .trim()
      .split('|');
    const place: Place = {
      town,
      county,
      outcodes: outcodes.split(' '),
      diallingCode: dialling,
      localDigits: 11 - dialling.length,
      dramaPrefix: drama === '' ? null : drama,
      branch,
    };
    return [place, Number(weight)];
  });

export const pickPlace = pickerOf(places);

/** Picks among these towns alone, each with the branch that looks after it. */
export function pickerAround(branchOfTown: Readonly<Record<string, string>>): typeof pickPlace {
  return pickerOf(
    places.flatMap(([place, weight]): WeightedPlace[] => {
      const branch = branchOfTown[place.town];
      return branch === undefined ? [] : [[{ ...place, branch }, weight]];
    }),
  );
}

const streets = `High Street|Station Road|Church Lane|Church Road|Victoria Road|Park Road|Green Lane|Manor Road|Kings Road
  Queens Road|New Road|Grange Road|London Road|Mill Lane|The Crescent|Albert Road|Windsor Road|Highfield Road
  School Lane|Main Street|North Street|South Street|West Street|Springfield Road|York Road|George Street|Alexandra Road
  Chapel Lane|The Avenue|The Green|Broadway|Stanley Road|Meadow Close|Oak Avenue|Beech Close|Elm Grove|Willow Drive
  Cedar Way|Ash Tree Lane|Hawthorn Road|Rowan Close|Holly Bank|Orchard Close|Vicarage Lane|Castle Street|Bridge Street
  Market Place|Mount Pleasant|Hillside Avenue|Woodlands Road|Lime Street|St. John's Road|St. Mary's Close|Bishop's Walk
  King's Mews|Cross Lane|Moor Lane|Fell View|Ridgeway|Valley Road|Riverside|Canal Street|Wharf Road|Quarry Hill`;
export const streetNames: readonly string[] = streets.split(/[|\n]/).map((street) => street.trim());

export const districts: readonly string[] =
  `Walkley|Northfield|Eastwood|Westbury|Southgate|Newtown|Old Town|Hillside
  Lower Green|Upper Moor|Kingswood|Woodside|Millbrook|Fairfield|Brookside|Park Estate|Castleton|Greenhill|Whitefield
  Ashfield`
    .split(/[|\n]/)
    .map((district) => district.trim());
