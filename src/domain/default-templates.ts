import type { TemplateChannel, TemplateOccasion } from './template.ts';
import { templateChannels, templateOccasions } from './template.ts';
import type { Purpose } from './vocabulary.ts';

/** The templates that an installation starts with: for each occasion one for each channel, in plain words. */
export interface DefaultTemplate {
  readonly occasion: TemplateOccasion;
  readonly channel: TemplateChannel;
  readonly category: Purpose;
  readonly subject: string | null;
  readonly body: string;
}

interface Words {
  readonly category: Purpose;
  readonly sms: string;
  readonly subject: string;
  /** What an email and a letter say between greeting and close. */
  readonly written: string;
  /** What the caller says after the opening, which the system puts in. */
  readonly script: string;
}

const words: Readonly<Record<TemplateOccasion, Words>> = {
  mot_due: {
    category: 'service_follow_up',
    sms: 'Hello ((first name|there)), the MOT on ((registration|your vehicle)) is due on ((MOT due date|the date on its certificate)). To choose a day that suits you, ring ((telephone)).',
    subject: 'The MOT on ((registration|your vehicle)) is due soon',
    written:
      'The MOT on your ((vehicle|vehicle)), ((registration|the one we look after for you)), is due on ((MOT due date|the date shown on its certificate)).\n\nIf you would like us to do it, ring us on ((telephone)) and we will find a day that suits you. It usually takes about an hour, and you are welcome to wait.\n\nIf it has been done already, or you no longer have this vehicle, please tell us and we will not remind you again.',
    script:
      'Am I speaking to ((full name|the keeper of the vehicle))? Is this a good moment?\n\nThe MOT on your ((vehicle|vehicle)), ((registration|registration on the screen)), is due on ((MOT due date|the date on the screen)). Would you like us to book it in?\n\n- If yes: suggest two days, and book it.\n- If it has been done: note where and when, and thank them.\n- If they no longer have it: mark the vehicle "No longer owned".',
  },
  service_due: {
    category: 'service_follow_up',
    sms: 'Hello ((first name|there)), ((registration|your vehicle)) is due its service on ((service due date|or around now)). To choose a day that suits you, ring ((telephone)).',
    subject: 'Your ((vehicle|vehicle)) is due its service',
    written:
      'Your ((vehicle|vehicle)), ((registration|the one we look after for you)), is due its service around ((service due date|now)).\n\nRing us on ((telephone)) and we will find a day that suits you. Before any work is done we will tell you what it costs, and nothing is done without your say.\n\nIf it has been serviced already, or you no longer have it, please tell us and we will put our records right.',
    script:
      'Am I speaking to ((full name|the keeper of the vehicle))? Is this a good moment?\n\nYour ((vehicle|vehicle)), ((registration|registration on the screen)), is due its service around ((service due date|now)). Would you like to choose a day?\n\n- Ask the mileage, and whether anything else needs looking at.\n- Suggest two days, and ask whether they will wait or leave the keys.\n- If they no longer have it: mark the vehicle "No longer owned".',
  },
  mot_and_service_due: {
    category: 'service_follow_up',
    sms: 'Hello ((first name|there)), the MOT and the service on ((registration|your vehicle)) are both due soon; the MOT on ((MOT due date|the date on its certificate)). Both can be done in one visit: ring ((telephone)).',
    subject: 'The MOT and the service on ((registration|your vehicle)) are due',
    written:
      'Two things are due on your ((vehicle|vehicle)), ((registration|the one we look after for you)):\n\n- its MOT, on ((MOT due date|the date shown on its certificate))\n- its service, around ((service due date|the same time))\n\nBoth can be done in one visit. Ring us on ((telephone)) and we will find a day that suits you.\n\nIf either has been done already, or you no longer have this vehicle, please tell us and we will put our records right.',
    script:
      'Am I speaking to ((full name|the keeper of the vehicle))? Is this a good moment?\n\nBoth the MOT and the service on your ((vehicle|vehicle)), ((registration|registration on the screen)), are due soon. They can be done in one visit. Shall we find a day?\n\n- The MOT is due on ((MOT due date|the date on the screen)): suggest days before it.\n- Ask whether they will wait or leave the keys.\n- If they no longer have it: mark the vehicle "No longer owned".',
  },
  deferred_work: {
    category: 'service_follow_up',
    sms: 'Hello ((first name|there)), when ((registration|your vehicle)) was last here we noted work that was put off: ((deferred work|see the report we gave you)). To talk it through, ring ((telephone)).',
    subject: 'Work that was put off on ((registration|your vehicle))',
    written:
      'When your ((vehicle|vehicle)), ((registration|the one we look after for you)), was last with us, our technician noted something that could wait a little: ((deferred work|it is named in the report we gave you)).\n\nIt is worth having it looked at now. Ring us on ((telephone)) and we will go through it with you. There is no charge for asking, and what is done is your decision.\n\nIf it has been put right already, please tell us and we will note it.',
    script:
      'Am I speaking to ((full name|the keeper of the vehicle))? Is this a good moment?\n\nWhen your ((vehicle|vehicle)) was last with us, we noted work that was put off: ((deferred work|read it from the health check)). I am ringing to ask whether you would like it looked at.\n\n- Say plainly how urgent it is, and no more than that.\n- If it has been put right elsewhere: note it.',
  },
  after_service: {
    category: 'service_follow_up',
    sms: 'Hello ((first name|there)), thank you for bringing ((registration|your vehicle)) to us. If anything is not as it should be, please ring ((telephone)) and we will put it right.',
    subject: 'Is everything as it should be with ((registration|your vehicle))?',
    written:
      'Thank you for bringing your ((vehicle|vehicle)) to us. We hope that everything is as it should be.\n\nIf something is not, please ring us on ((telephone)) and ask for the service manager. We would rather hear it from you, and put it right, than not know.',
    script:
      'Am I speaking to ((full name|the keeper of the vehicle))? Is this a good moment?\n\nYour ((vehicle|vehicle)) was with us recently. Is everything as it should be?\n\n- Listen first, and write down what they say in their own words.\n- If something is wrong: say who will ring back, and by when.',
  },
  after_sale: {
    category: 'service_follow_up',
    sms: 'Hello ((first name|there)), we hope you are enjoying your ((model|new car)). If anything about it is not clear, ring ((telephone)) and we will gladly help.',
    subject: 'How are you getting on with your ((model|new car))?',
    written:
      'We hope that you are enjoying your ((vehicle|new car)).\n\nMost people have a question or two in the first weeks. Ring us on ((telephone)), or call in, and somebody will sit down with you and go through it.\n\nIf something is not as you expected, please tell us: we will put it right.',
    script:
      'Am I speaking to ((full name|the customer))? Is this a good moment?\n\nYou have had your ((vehicle|new car)) for a little while now. How are you getting on with it?\n\n- Answer what you can, and say who will ring back about the rest.\n- Do not bring up anything else for sale.',
  },
  finance_end: {
    category: 'general_marketing',
    sms: 'Hello ((first name|there)), the finance on your ((vehicle|car)) ends on ((finance end date|a date that is near)). To hear what you can do next, ring ((telephone)).',
    subject: 'The finance on your ((vehicle|car)) ends soon',
    written:
      'The finance agreement on your ((vehicle|car)) ends on ((finance end date|a date that is near)).\n\nDepending on the agreement you may be able to keep the car, hand it back, or change it for another one. We will gladly go through what each would mean for you. The finance company can tell you the same without us.\n\nRing us on ((telephone)) if you would like to talk it through.',
    script:
      'Am I speaking to ((full name|the customer))? Is this a good moment?\n\nThe finance on your ((vehicle|car)) ends on ((finance end date|the date on the screen)). Would it help to go through what you can do next?\n\n- Name every choice: keep it, hand it back, change it.\n- Say that the finance company can tell them the same.\n- Do not speak of what is owed until you are sure who you are speaking to.',
  },
  birthday: {
    category: 'general_marketing',
    sms: 'Happy birthday, ((first name|from all of us)). With good wishes from everybody here.',
    subject: 'Happy birthday',
    written: 'Happy birthday, with good wishes from everybody at ((branch|our dealership)).',
    script:
      'Am I speaking to ((full name|the customer))?\n\nI am only ringing to wish you a happy birthday, from everybody here.\n\n- Nothing else: do not turn it into a sale.',
  },
  lapsed_customer: {
    category: 'general_marketing',
    sms: 'Hello ((first name|there)), it is a while since we saw ((registration|your vehicle)). If we can do anything for you, ring ((telephone)). If you have gone elsewhere, we wish you well.',
    subject: 'It is a while since we saw you',
    written:
      'It is a while since we last looked after your ((vehicle|vehicle)), and we would be glad to see you again.\n\nIf something kept you away, please tell us what it was: we would like to do better. If you have another vehicle now, or another garage, that is quite all right. Tell us and we will put our records right.\n\nYou can ring us on ((telephone)).',
    script:
      'Am I speaking to ((full name|the customer))? Is this a good moment?\n\nIt is a while since we saw your ((vehicle|vehicle)). Are we still the right garage for you?\n\n- Listen. If something went wrong, write it down and say who will ring back.\n- If they no longer have it: mark the vehicle "No longer owned".',
  },
  open_enquiry: {
    category: 'general_marketing',
    sms: 'Hello ((first name|there)), you asked us about ((vehicle of interest|a car)). Would you still like to hear from us? Ring ((telephone)), or reply and we will ring you.',
    subject: 'Your enquiry about ((vehicle of interest|a car))',
    written:
      'You asked us about ((vehicle of interest|a car)), and we would like to be sure that you had the answer you needed.\n\nIf you are still looking, ring us on ((telephone)). If you have found something else, tell us and we will close your enquiry.',
    script:
      'Am I speaking to ((full name|the customer))? Is this a good moment?\n\nYou asked us about ((vehicle of interest|a car)). Have you had everything you needed from us?\n\n- If they are still looking: ask what matters most to them, and agree the next step.\n- If not: close the enquiry, with the reason.',
  },
};

/** One for each occasion and channel. */
export function defaultTemplates(): DefaultTemplate[] {
  return templateOccasions.flatMap((occasion) =>
    templateChannels.map((channel) => {
      const { category, subject } = words[occasion];
      const hasSubject = channel === 'email' || channel === 'letter';
      return {
        occasion,
        channel,
        category,
        subject: hasSubject ? subject : null,
        body: bodyFor(occasion, channel),
      };
    }),
  );
}

function bodyFor(occasion: TemplateOccasion, channel: TemplateChannel): string {
  const { sms, written, script } = words[occasion];
  switch (channel) {
    case 'sms':
      return sms;
    case 'email':
      return `Hello ((first name|there)),\n\n${written}\n\nKind regards,\n((dealer))`;
    case 'letter':
      return `Dear ((full name|Customer)),\n\n${written}\n\nYours sincerely,\n\n((dealer))`;
    case 'live_call':
      return script;
  }
}
