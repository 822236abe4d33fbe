import { pickerOf } from './random.ts';

export interface Car {
  readonly make: string;
  readonly model: string;
  /** The first nine characters of its VINs: manufacturer and model. */
  readonly vinPrefix: string;
}

/** Make | first three characters of the VIN | share of cars on British roads (%) | models, most common first. */
const table = `
  Ford|WF0|13.0|Fiesta,Focus,Kuga,Puma,EcoSport,Mondeo,C-Max,Ka,Galaxy,S-Max,Transit Custom,Ranger
  Vauxhall|W0L|10.0|Corsa,Astra,Mokka,Insignia,Crossland,Grandland,Zafira,Meriva,Adam,Vivaro
  Volkswagen|WVW|9.6|Golf,Polo,Tiguan,Passat,T-Roc,Up!,Touran,ID.3,Transporter
  BMW|WBA|5.6|1 Series,3 Series,5 Series,X1,X3,X5,2 Series Active Tourer,i3
  Audi|WAU|5.5|A3,A4,A1,Q3,A6,Q5,A5,TT
  Mercedes-Benz|WDD|5.2|A-Class,C-Class,E-Class,GLA,GLC,B-Class,Sprinter
  Toyota|SB1|5.6|Yaris,Aygo,Corolla,C-HR,RAV4,Auris,Prius,Avensis,Hilux
  Nissan|SJN|5.1|Qashqai,Juke,Micra,Leaf,Note,X-Trail,Navara
  Peugeot|VF3|4.9|208,2008,3008,308,207,107,5008,Partner
  Renault|VF1|3.9|Clio,Captur,Megane,Kadjar,Scenic,Zoe,Trafic
  Citroën|VF7|3.6|C3,C1,C4,C3 Aircross,Berlingo,C4 Picasso,C5 Aircross
  Kia|KNA|3.8|Sportage,Picanto,Ceed,Rio,Niro,Sorento,Stonic
  Hyundai|KMH|3.7|i10,i20,Tucson,i30,Kona,Ioniq,Santa Fe
  Honda|SHH|3.3|Jazz,Civic,CR-V,HR-V,Accord
  Škoda|TMB|3.3|Octavia,Fabia,Superb,Karoq,Kodiaq,Yeti,Citigo
  MINI|WMW|2.6|Hatch,Countryman,Convertible,Clubman
  Land Rover|SAL|2.5|Range Rover Evoque,Discovery Sport,Freelander 2,Range Rover Sport,Defender,Discovery
  SEAT|VSS|2.4|Ibiza,Leon,Ateca,Arona,Alhambra
  Fiat|ZFA|2.3|500,Panda,Punto,500X,Tipo,Ducato
  Mazda|JMZ|1.8|CX-5,MX-5,Mazda3,Mazda2,Mazda6
  Suzuki|TSM|1.5|Swift,Vitara,Ignis,SX4 S-Cross,Alto
  Volvo|YV1|1.8|XC40,V40,XC60,V60,S60,XC90
  Dacia|UU1|1.1|Sandero,Duster,Logan,Jogger
  Jaguar|SAJ|1.0|XF,XE,F-Pace,E-Pace,X-Type
  MG|SDP|1.0|ZS,HS,MG4,MG3,MG5
  Mitsubishi|JMB|0.8|Outlander,ASX,L200,Mirage
  Tesla|LRW|0.7|Model 3,Model Y,Model S
  Lexus|JTH|0.5|UX,NX,CT,IS
  Porsche|WP0|0.5|Macan,Cayenne,911,Boxster
  Jeep|1C4|0.3|Renegade,Compass,Avenger
  Smart|WME|0.4|ForTwo,ForFour
  Subaru|JF1|0.2|Forester,Outback,XV`;

export const pickCar = pickerOf(
  table
    .trim()
    .split('\n')
    .flatMap((row) => {
      const [make = '', manufacturer = '', share = '', models = ''] = row.trim().split('|');
      const names = models.split(',');
      const total = names.reduce((sum, _, rank) => sum + 1 / (rank + 1.5), 0);
      return names.map((model, rank) => {
        const car: Car = { make, model, vinPrefix: `${manufacturer}ZZZ${vinCode(make, rank)}` };
        return [car, (Number(share) * (1 / (rank + 1.5))) / total] as const;
      });
    }),
);

/** Three characters that stand for the model: never I, O or Q, which no VIN has. */
function vinCode(make: string, rank: number): string {
  const letters = 'ABCDEFGHJKLMNPRSTUVWXYZ';
  return `${letters[make.length % letters.length]}${letters[rank % letters.length]}${rank % 10}`;
}
