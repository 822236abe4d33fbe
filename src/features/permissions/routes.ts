import type { z } from 'zod';
import type { Decision } from '../../domain/decide.ts';
import type { LedgerEvent } from '../../domain/ledger-event.ts';
import type { ReasonCode, Warning } from '../../domain/reason.ts';
import { contentDuties, lawOf, sentenceOf, warnings } from '../../domain/reason.ts';
import { toTimestamp } from '../../platform/database.ts';
import type { Routes, RoutesApp } from '../../platform/http.ts';
import { requireScope } from '../../platform/http-access.ts';
import { problems } from '../../platform/http-problem.ts';
import { recordAccess, recordAccessToEach } from '../access/service.ts';
import { customerParams } from '../customers/contract.ts';
import { customerIdOf, customerIdsOf } from '../customers/service.ts';
import type { ledgerEntrySchema } from './answers/contract.ts';
import {
  batchAnswerSchema,
  decisionBatchSchema,
  decisionQuestionSchema,
  decisionSchema,
  permissionQuery,
  permissionsSchema,
  recordedEventSchema,
} from './answers/contract.ts';
import { permissionEventSchema } from './contract.ts';
import type { AnsweredDecision, BatchAnswer, PermissionsView } from './questions.ts';
import { decideFor, decideMany, permissionsOf } from './questions.ts';
import { recordPermissionEvent } from './service.ts';

export const permissionRoutes: Routes = (app) => {
  routePermissions(app);
  routeEvents(app);
  routeDecision(app);
  routeDecisions(app);
};

function routePermissions(app: RoutesApp): void {
  app.get(
    '/customers/:id/permissions',
    {
      config: { access: ['permissions:read'] },
      schema: {
        operationId: 'readPermissions',
        summary: 'What a customer agreed to and refused, with its history',
        description: 'Today, or as of any past instant.',
        tags: ['Permissions'],
        params: customerParams,
        querystring: permissionQuery,
        response: { 200: permissionsSchema, ...problems(404) },
      },
    },
    async ({ context, actor, params, query }) => {
      const id = await customerIdOf(context, params.id);
      const asOf = query.asOf === undefined ? {} : { asOf: Date.parse(query.asOf) };
      const view = await permissionsOf(context, id, asOf);
      await recordAccess(context, actor, 'permissions read', id);
      return presentPermissions(view);
    },
  );
}

function routeEvents(app: RoutesApp): void {
  app.post(
    '/customers/:id/permission-events',
    {
      config: { access: ['permissions:write', 'permissions:correct'] },
      schema: {
        operationId: 'recordPermissionEvent',
        summary: 'Record what happened with one customer',
        description:
          'Permissions given or refused, a review, an objection, a correction. The answer comes when it is in the ' +
          'ledger. A correction needs the scope permissions:correct, everything else permissions:write.',
        tags: ['Permissions'],
        params: customerParams,
        body: permissionEventSchema,
        response: { 201: recordedEventSchema, ...problems(400, 404, 409) },
      },
    },
    async (request, reply) => {
      const { context, actor, params, body } = request;
      requireScope(request, [body.kind === 'correct' ? 'permissions:correct' : 'permissions:write']);
      const customerId = await customerIdOf(context, params.id);
      const { event } = await recordPermissionEvent(context, customerId, body, actor);
      reply.code(201);
      return { customerId, entry: presentEntry(event) };
    },
  );
}

function routeDecision(app: RoutesApp): void {
  app.post(
    '/decisions',
    {
      config: { access: ['decisions'], repeatable: true },
      schema: {
        operationId: 'decide',
        summary: 'May this customer be sent this?',
        tags: ['Decisions'],
        body: decisionQuestionSchema,
        response: { 200: decisionSchema, ...problems(400, 404) },
      },
    },
    async ({ context, actor, body }) => {
      const { customer, asOf, trace, ...question } = body;
      const customerId = await customerIdOf(context, customer);
      const answer = await decideFor(context, customerId, question, pastInstant(asOf));
      await recordAccess(context, actor, 'decision asked', customerId);
      return presentDecision(answer, question, trace);
    },
  );
}

function routeDecisions(app: RoutesApp): void {
  app.post(
    '/decisions::batch',
    {
      config: { access: ['decisions'], repeatable: true },
      schema: {
        operationId: 'decideMany',
        summary: 'Up to 1,000 questions at once, each answered on its own',
        tags: ['Decisions'],
        body: decisionBatchSchema,
        response: { 200: batchAnswerSchema, ...problems(400, 413) },
      },
    },
    async ({ context, actor, body }) => {
      const ids = await customerIdsOf(
        context,
        body.questions.map(({ customer }) => customer),
      );
      const known = body.questions.flatMap(({ customer, ...question }) => {
        const customerId = ids.get(customer);
        return customerId === undefined ? [] : [{ customerId, question }];
      });
      const decided = await decideMany(context, known, pastInstant(body.asOf));
      const seen = decided.flatMap((answer) => ('answered' in answer ? answer.answered.customerId : []));
      await recordAccessToEach(context, actor, 'decision asked', seen);
      const answered = decided.values();
      const answers = body.questions.map(({ customer, ...question }) => {
        const answer = ids.has(customer) ? answered.next().value : undefined;
        return presentAnswer(customer, question, answer, body.trace);
      });
      return { answers };
    },
  );
}

/**
 * Undefined for the present, which sees everything on file: a no that a machine whose clock is ahead recorded
 * counts at once.
 */
function pastInstant(asOf: string | undefined): number | undefined {
  return asOf === undefined ? undefined : Date.parse(asOf);
}

type Question = Pick<z.output<typeof decisionSchema>, 'channel' | 'category'>;

function presentAnswer(
  customer: string,
  question: Question,
  answer: BatchAnswer | undefined,
  trace: boolean,
): z.output<typeof batchAnswerSchema>['answers'][number] {
  if (answer !== undefined && 'answered' in answer) {
    return { decision: presentDecision(answer.answered, question, trace) };
  }
  const unknown = { code: 'customer-not-found', sentence: 'There is no such customer.' };
  const { code, sentence } = answer?.unanswered ?? unknown;
  return { unanswered: { customer, code, sentence } };
}

function presentDecision(
  { customerId, decidedAt, policyVersionId, ledgerSequence, decision }: AnsweredDecision,
  { channel, category }: Question,
  trace: boolean,
): z.output<typeof decisionSchema> {
  const { evidence } = decision;
  return {
    customerId,
    channel,
    category,
    verdict: decision.verdict,
    ...presentReasons(decision),
    outstanding: decision.outstanding.map((code) => ({
      code,
      sentence: contentDuties[code],
      law: lawOf(code),
    })),
    basis: decision.basis,
    evidence: evidence === null ? null : { ...evidence, at: toTimestamp(evidence.at) },
    retryAt: optionalTimestamp(decision.retryAt),
    holdsUntil: optionalTimestamp(decision.holdsUntil),
    decidedAt: toTimestamp(decidedAt),
    policyVersion: policyVersionId,
    ledgerSequence,
    ...(trace ? { trace: decision.trace.map((entry) => ({ ...entry })) } : {}),
  };
}

function presentReasons(decision: Pick<Decision, 'reasons' | 'warnings'>) {
  return {
    reasons: decision.reasons.map((code: ReasonCode) => ({
      code,
      sentence: sentenceOf(code),
      law: lawOf(code),
    })),
    warnings: decision.warnings.map((code: Warning) => ({ code, sentence: warnings[code] })),
  };
}

function presentPermissions(view: PermissionsView): z.output<typeof permissionsSchema> {
  const { policyVersionId, history, review, cells, ...rest } = view;
  return {
    ...rest,
    asOf: toTimestamp(view.asOf),
    policyVersion: policyVersionId,
    review: { ...review, lastReviewAt: optionalTimestamp(review.lastReviewAt) },
    objectedAt: optionalTimestamp(view.objectedAt),
    cells: cells.map(({ thirdPartyName, decision, at, ...cell }) => ({
      ...cell,
      thirdParty: thirdPartyName,
      at: optionalTimestamp(at),
      decision: {
        verdict: decision.verdict,
        ...presentReasons(decision),
        holdsUntil: optionalTimestamp(decision.holdsUntil),
      },
    })),
    history: history.map(presentEntry),
  };
}

function presentEntry(event: LedgerEvent): z.output<typeof ledgerEntrySchema> {
  const { kind, ...act } = event.act;
  return {
    sequence: event.sequence,
    kind,
    act,
    cells: event.cells.map((cell) => ({ ...cell })),
    occurredAt: optionalTimestamp(event.occurredAt),
    recordedAt: toTimestamp(event.recordedAt),
    actor: { ...event.actor },
    method: event.method,
    wordingHash: event.wordingHash,
    corrects: event.corrects,
    batchId: event.batchId,
  };
}

function optionalTimestamp(instant: number | null): string | null {
  return instant === null ? null : toTimestamp(instant);
}
