import { describe, expect, it } from 'vitest';
import { defaultTemplates } from './default-templates.ts';
import { blocksOf, emailHtml } from './email-layout.ts';
import type { Finishing, Sender, Template } from './finished-message.ts';
import { finishMessage } from './finished-message.ts';
import type { MergeValues } from './merge-fields.ts';
import { exampleValues } from './merge-fields.ts';
import { findPromotion } from './promotional-words.ts';
import { promisesNoPromotion, templateChannels } from './template.ts';

const sender: Sender = {
  name: 'Hallam Motors Ltd',
  shortName: 'Hallam Motors',
  address: ['Penistone Road', 'Sheffield', 'S6 2FW'],
  telephone: '0114 496 0123',
  email: 'hello@hallam.example',
};
const optOut = { link: 'https://hallam.example/s/Ab3', stopTo: 'reply' };

function template(change: Partial<Template> = {}): Template {
  return {
    channel: 'sms',
    category: 'service_follow_up',
    language: 'en-GB',
    subject: null,
    body: 'Hello ((first name|there)), your MOT is due.',
    acceptedPhrases: [],
    ...change,
  };
}

function finish(
  change: Partial<Template>,
  given: {
    sender?: Sender;
    optOut?: typeof optOut | { link: null; stopTo: null };
    values?: MergeValues;
  } = {},
): Extract<Finishing, { fit: true }> {
  const done = finishMessage(template(change), { sender, optOut, values: exampleValues, ...given });
  if (!done.fit) throw new Error(done.faults.join(' '));
  return done;
}

const nothing = { link: null, stopTo: null };

describe('a finished text', () => {
  it('says who it is from and how to stop, though the author wrote neither', () => {
    expect(finish({}).message).toMatchObject({
      channel: 'sms',
      text: 'Hallam Motors: Hello Jane, your MOT is due. Reply STOP to opt out',
      segments: { encoding: 'gsm7', segments: 1 },
    });
    expect(finish({}).content).toEqual({
      promotion: false,
      identity: true,
      optOutMeans: true,
      callerNumber: false,
    });
  });

  it('names the dealer once where the author did, and loses the curly quotation marks that cost a segment', () => {
    const { message } = finish({ body: 'It’s Hallam Motors – your MOT is due.' });
    expect(message).toMatchObject({ text: "It's Hallam Motors - your MOT is due. Reply STOP to opt out" });
  });

  it('is told to the engine as lacking what it lacks, whatever the author claims in it', () => {
    const claims = { body: 'From Hallam Motors. Reply STOP to opt out. Your MOT is due.' };
    expect(finish(claims, { optOut: nothing }).content.optOutMeans).toBe(false);
    const nobody = { ...sender, name: '', shortName: null };
    expect(finish({}, { sender: nobody }).content.identity).toBe(false);
  });

  it('that only tells a booking needs no way to opt out', () => {
    const { message, treatedAs } = finish({ category: 'service_message', body: 'Your car is ready.' });
    expect(message).toMatchObject({ text: 'Hallam Motors: Your car is ready.' });
    expect(treatedAs).toBe('service_message');
  });

  it('that tells a booking and sells something is marketing, and has the way to opt out', () => {
    const selling = { category: 'service_message', body: 'Your car is ready. Tyres from £49!' } as const;
    const { message, treatedAs, content } = finish(selling);
    expect(message).toMatchObject({ text: expect.stringMatching(/Reply STOP to opt out$/) });
    expect({ treatedAs, promotion: content.promotion }).toEqual({
      treatedAs: 'general_marketing',
      promotion: true,
    });
    expect(finish({ ...selling, acceptedPhrases: ['from £49'] }).treatedAs).toBe('service_message');
  });

  it('is marketing where a value brings the promotion, and never for the name somebody has', () => {
    const body = '((last name)): ((deferred work))';
    const called = (values: MergeValues) => finish({ body }, { values }).content.promotion;
    expect(called({ 'last name': 'Free', 'deferred work': 'brake pads' })).toBe(false);
    expect(called({ 'last name': 'Holroyd', 'deferred work': '20% off brake pads' })).toBe(true);
  });

  it('is not fit for somebody of whom it says what is not known', () => {
    const done = finishMessage(template({ body: 'Dear ((first name)), ((regstration))' }), {
      sender,
      optOut,
      values: {},
    });
    expect(done).toEqual({
      fit: false,
      faults: [
        'There is no field ((regstration)): did you mean ((registration))?',
        'Their first name is not known, and the template gives no words in its place: write ((first name|…)).',
      ],
    });
  });
});

describe('a finished email', () => {
  const email = {
    channel: 'email',
    subject: 'Your ((model))',
    body: 'Dear ((first name)),\n\n- one\n- two',
  } as const;

  it('carries the legal name, the address and one link that stops it, in text and HTML alike', () => {
    const { message, content } = finish(email);
    if (message.channel !== 'email') throw new Error('It is no email.');
    expect(message.subject).toBe('Your Focus');
    for (const form of [message.text, message.html]) {
      expect(form).toContain('Hallam Motors Ltd');
      expect(form).toContain('Penistone Road, Sheffield, S6 2FW');
      expect(form).toContain('https://hallam.example/s/Ab3');
    }
    expect(message.unsubscribeLink).toBe(optOut.link);
    expect(content).toMatchObject({ identity: true, optOutMeans: true });
    expect(
      finish(email, { optOut: { link: 'http://plain.example/', stopTo: 'reply' } }).content.optOutMeans,
    ).toBe(false);
  });

  it('holds no markup of the author or of a name, loads nothing, and stays small', () => {
    const values = { ...exampleValues, 'first name': '<img src=x onerror=alert(1)>' };
    const { message } = finish(
      {
        ...email,
        body: `((first name)) "<script>" & https://hallam.example/a?b=1&c=2. ${'word '.repeat(1_500)}`,
      },
      { values },
    );
    if (message.channel !== 'email') throw new Error('It is no email.');
    expect(message.html).toContain('&lt;img src=x onerror=alert(1)&gt; &quot;&lt;script&gt;&quot; &amp;');
    expect(message.html).toContain('<a class="link" href="https://hallam.example/a?b=1&amp;c=2"');
    expect(message.html).not.toMatch(/<(?:img|script|iframe|form|link)\b|\burl\(/i);
    expect(Buffer.byteLength(message.html)).toBeLessThan(30_000);
  });

  it('keeps paragraphs, lines and lists', () => {
    expect(blocksOf('One\ntwo\n\n- a\n- b\nafter')).toEqual([
      { kind: 'paragraph', lines: ['One', 'two'] },
      { kind: 'list', lines: ['a', 'b'] },
      { kind: 'paragraph', lines: ['after'] },
    ]);
    expect(
      emailHtml({ language: 'en-GB', subject: '', sender: '', body: 'a', identity: [], optOut: null }),
    ).toContain('prefers-color-scheme: dark');
  });
});

describe('a letter and a call', () => {
  it('always have a way to opt out by post, if only the address', () => {
    const { message, content } = finish(
      { channel: 'letter' },
      { optOut: nothing, sender: { ...sender, telephone: null } },
    );
    expect(message).toMatchObject({
      optOut: expect.stringContaining('write to the address at the head of this letter'),
    });
    expect(content).toMatchObject({ identity: true, optOutMeans: true });
  });

  it('begin with who is calling, and a call shows a number only where the dealer has one', () => {
    expect(finish({ channel: 'live_call' }).message).toMatchObject({
      opening: 'This is [your name], calling from Hallam Motors Ltd.',
    });
    expect(finish({ channel: 'live_call' }).content.callerNumber).toBe(true);
    expect(
      finish({ channel: 'live_call' }, { sender: { ...sender, telephone: null } }).content.callerNumber,
    ).toBe(false);
  });
});

describe('the templates to start with', () => {
  const all = defaultTemplates().map((one) => ({ ...one, language: 'en-GB', acceptedPhrases: [] }));

  it('are there for every occasion and channel, and promise nothing where a service template may not', () => {
    expect(all).toHaveLength(40);
    const promising = all.filter(
      ({ category, body, subject }) =>
        promisesNoPromotion(category) && findPromotion(`${subject ?? ''}\n${body}`).length > 0,
    );
    expect(promising).toEqual([]);
  });

  it.each(templateChannels)(
    'for %s are fit for a customer of whom all is known, and of whom nothing is',
    (channel) => {
      for (const one of all.filter((each) => each.channel === channel)) {
        const place = `${one.occasion} by ${channel}`;
        for (const values of [exampleValues, {}]) {
          const done = finishMessage(one, { sender, optOut, values });
          expect(done, place).toMatchObject({ fit: true, content: { identity: true, optOutMeans: true } });
          if (done.fit && done.message.channel === 'sms') {
            expect(done.message.segments.encoding, place).toBe('gsm7');
            expect(done.message.segments.segments, place).toBeLessThanOrEqual(2);
          }
        }
      }
    },
  );
});
