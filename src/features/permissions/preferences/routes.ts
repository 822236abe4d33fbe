import type { z } from 'zod';
import { lawOf, sentenceOf, warnings as warningSentences } from '../../../domain/reason.ts';
import { screenChannelLabels, screenChannels } from '../../../domain/screen-channels.ts';
import { shownStateWords } from '../../../domain/shown-state.ts';
import { toTimestamp } from '../../../platform/database.ts';
import type { Routes, RoutesApp } from '../../../platform/http.ts';
import { requireScope } from '../../../platform/http-access.ts';
import { problems } from '../../../platform/http-problem.ts';
import { recordAccess } from '../../access/service.ts';
import { customerParams } from '../../customers/contract.ts';
import { customerIdOf } from '../../customers/service.ts';
import { wordingHashOf } from '../../wordings/service.ts';
import { savePreferences } from '../saving/service.ts';
import type { Preferences } from './contract.ts';
import {
  preferencesQuery,
  preferencesSchema,
  savedEffectsSchema,
  savedPreferencesSchema,
} from './contract.ts';
import type { PreferencesView, ShownBox } from './service.ts';
import { preferencesOf } from './service.ts';

export const preferenceRoutes: Routes = (app) => {
  routeRead(app);
  routeSave(app);
};

function routeRead(app: RoutesApp): void {
  app.get(
    '/customers/:id/preferences',
    {
      config: { access: ['permissions:read'] },
      schema: {
        operationId: 'readPreferences',
        summary: 'What the preference pop-up and the panel show of a customer',
        description:
          'The grid with what is held today, whether we may and why, the wording to read out, and whether the review ' +
          'is due. Needs the scope `customers:read`, too.',
        tags: ['Preferences'],
        params: customerParams,
        querystring: preferencesQuery,
        response: { 200: preferencesSchema, ...problems(404) },
      },
    },
    async (request) => {
      const { context, actor, params, query } = request;
      requireScope(request, ['customers:read']);
      const id = await customerIdOf(context, params.id);
      const view = await preferencesOf(context, id, query.branch);
      await recordAccess(context, actor, 'preferences read', id);
      return present(view);
    },
  );
}

function routeSave(app: RoutesApp): void {
  app.post(
    '/customers/:id/preferences',
    {
      config: { access: ['permissions:write'] },
      schema: {
        operationId: 'savePreferences',
        summary: 'Record what a customer answered to the boxes they were shown',
        description:
          'One act: ticked is a yes by consent, left unticked is asked and not given, and the review is done. When ' +
          'somebody else was first, the problem carries the sequence that stands now and nothing is recorded.',
        tags: ['Preferences'],
        params: customerParams,
        body: savedPreferencesSchema,
        response: { 201: savedEffectsSchema, ...problems(400, 404, 409) },
      },
    },
    async ({ context, actor, params, body }, reply) => {
      const id = await customerIdOf(context, params.id);
      const { effects, ...saved } = await savePreferences(context, id, body, actor);
      reply.code(201);
      return { ...saved, effects: { may: [...effects.may], mayNot: [...effects.mayNot] } };
    },
  );
}

function present(view: PreferencesView): Preferences {
  const { customer, review, prompt, wording } = view;
  return {
    customer: {
      id: customer.id,
      number: customer.customerNumber,
      displayName: customer.displayName,
      shortName: customer.shortName,
      kind: customer.kind,
      prospect: customer.prospect,
      memberSince: view.memberSince,
    },
    sequence: view.sequence,
    wording: {
      ...presentSpoken(view.spoken.counter),
      phone: presentSpoken(view.spoken.phone),
      version: wording.version,
      inForceFrom: toTimestamp(wording.inForceFrom),
      legalEntity: wording.legalEntity,
    },
    answeringFor: { ...view.answeringFor },
    elsewhere: view.elsewhere.map(({ legalEntity, given }) => ({ legalEntity, given: [...given] })),
    review: { ...review, lastReviewAt: optionalTimestamp(review.lastReviewAt) },
    prompt: { ...prompt, restingUntil: optionalTimestamp(prompt.restingUntil) },
    objectedAt: optionalTimestamp(view.objectedAt),
    holds: [...view.holds],
    vehicles: view.vehicles.map((vehicle) => ({ ...vehicle })),
    channels: screenChannels.map((channel) => {
      const contact = view.contactOf(channel);
      return {
        channel,
        label: screenChannelLabels[channel],
        contact: contact === null ? null : { ...contact, remarks: [...contact.remarks] },
        cells: view.boxes.filter(({ box }) => box.channel === channel).map(presentBox),
      };
    }),
  };
}

function presentSpoken(spoken: PreferencesView['spoken']['phone']) {
  return { hash: wordingHashOf(spoken.text), ...spoken };
}

function presentBox({
  box,
  detail,
  sequence,
}: ShownBox): z.output<typeof preferencesSchema>['channels'][number]['cells'][number] {
  const { allowed, reasons, warnings, shown } = box.shown;
  return {
    category: box.category,
    company: box.company?.name ?? null,
    state: shown.state,
    stateWords: shownStateWords[shown.state],
    at: optionalTimestamp(shown.at),
    detail,
    verdict: allowed ? 'allow' : 'deny',
    reasons: reasons.map((code) => ({ code, sentence: sentenceOf(code), law: lawOf(code) })),
    warnings: warnings.map((code) => ({ code, sentence: warningSentences[code] })),
    sequence,
    split: box.split,
  };
}

function optionalTimestamp(instant: number | null): string | null {
  return instant === null ? null : toTimestamp(instant);
}
