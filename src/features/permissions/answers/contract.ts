import { z } from 'zod';
import { givenInstant } from '../../../domain/given-time.ts';
import {
  actorKinds,
  bases,
  categories,
  cellStates,
  channels,
  methods,
  purposes,
} from '../../../domain/vocabulary.ts';
import { customerReference } from '../../customers/contract.ts';
import { decisionRequestSchema } from '../contract.ts';

/** What the API asks about permissions and is answered. */
const decisionFields = {
  asOf: givenInstant
    .optional()
    .describe('A past instant: answered with the facts, the policy and the ledger of then. Default now.'),
  trace: z
    .boolean()
    .default(false)
    .describe('Names each rule tried, its source in law and the fact that decided.'),
};

export const decisionQuestionSchema = z
  .strictObject({
    customer: customerReference,
    ...decisionRequestSchema.shape,
    ...decisionFields,
  })
  .meta({
    id: 'DecisionQuestion',
    examples: [{ customer: 'no:12345', channel: 'sms', category: 'general_marketing' }],
  });

export const decisionBatchSchema = z
  .strictObject({
    questions: z
      .array(z.strictObject({ customer: customerReference, ...decisionRequestSchema.shape }))
      .min(1)
      .max(1_000),
    ...decisionFields,
  })
  .meta({
    id: 'DecisionBatch',
    examples: [{ questions: [{ customer: 'no:12345', channel: 'letter', category: 'service_follow_up' }] }],
  });

const reasonSchema = z
  .object({
    code: z.string(),
    sentence: z.string().describe('For people.'),
    law: z.string().optional().describe('The article or regulation it implements.'),
  })
  .meta({ id: 'Reason' });

export const decisionSchema = z
  .object({
    customerId: z.uuid(),
    channel: z.enum(channels),
    category: z.enum(purposes),
    verdict: z.enum(['allow', 'deny']),
    reasons: z.array(reasonSchema),
    warnings: z.array(reasonSchema),
    outstanding: z
      .array(reasonSchema)
      .describe(
        'For an allow: what the message must carry, because the question does not say. It is named by the refusal ' +
          'that it would meet without.',
      ),
    basis: z.enum([...bases, 'service', 'legal_obligation']).nullable(),
    evidence: z
      .object({
        sequence: z.int().nullable().describe('The ledger entry of this customer.'),
        state: z.string(),
        basis: z.string().nullable(),
        at: z.iso.datetime(),
        by: z.string(),
        level: z.string(),
      })
      .meta({ id: 'DecisionEvidence' })
      .nullable(),
    retryAt: z.iso.datetime().nullable().describe('For a temporary refusal: the first instant worth trying.'),
    holdsUntil: z.iso
      .datetime()
      .nullable()
      .describe('When the clock alone could change the answer; null: never.'),
    decidedAt: z.iso.datetime(),
    policyVersion: z.int(),
    ledgerSequence: z.int().describe('The newest ledger entry that was seen.'),
    trace: z
      .array(
        z
          .object({
            stage: z.string(),
            rule: z.string(),
            law: z.string(),
            outcome: z.enum(['blocks', 'passes', 'allows']),
            fact: z.string(),
          })
          .meta({ id: 'TraceEntry' }),
      )
      .optional(),
  })
  .meta({ id: 'Decision' });

export const batchAnswerSchema = z
  .object({
    answers: z.array(
      z.union([
        z.object({ decision: decisionSchema }),
        z.object({
          unanswered: z
            .object({ customer: z.string(), code: z.string(), sentence: z.string() })
            .meta({ id: 'Unanswered' }),
        }),
      ]),
    ),
  })
  .meta({ id: 'DecisionBatchAnswer' });

export const ledgerEntrySchema = z
  .object({
    sequence: z.int(),
    kind: z.string(),
    act: z.record(z.string(), z.unknown()).describe('What was done; what it carries depends on its kind.'),
    cells: z.array(
      z
        .object({
          channel: z.enum(channels),
          category: z.enum(categories),
          scopeId: z.string().optional().describe('One vehicle, or one named company.'),
          before: z.enum([...cellStates, 'unset']),
          after: z.enum(cellStates),
          basis: z.enum(bases).optional(),
          line: z.string().optional().describe('A yes to calls: the contact point it was given for.'),
        })
        .meta({ id: 'LedgerCell' }),
    ),
    occurredAt: z.iso.datetime().nullable(),
    recordedAt: z.iso.datetime(),
    actor: z.object({ kind: z.enum(actorKinds), id: z.string().nullable() }),
    method: z.enum(methods).nullable(),
    wordingHash: z.string().nullable(),
    corrects: z.int().nullable(),
    batchId: z.string().nullable(),
  })
  .meta({ id: 'LedgerEntry' });

export const permissionsSchema = z
  .object({
    customerId: z.uuid(),
    asOf: z.iso.datetime(),
    policyVersion: z.int(),
    sequence: z.int().describe('The ledger position; send it as expectedSequence.'),
    review: z
      .object({
        status: z.enum(['never', 'in_date', 'due', 'overdue']),
        dueOn: z.iso.date().nullable(),
        lastReviewAt: z.iso.datetime().nullable(),
      })
      .meta({ id: 'ReviewState' }),
    objectedAt: z.iso.datetime().nullable(),
    cells: z.array(
      z
        .object({
          channel: z.enum(channels),
          category: z.enum(categories),
          vehicleId: z.uuid().nullable(),
          thirdParty: z.string().nullable(),
          state: z
            .enum([...cellStates, 'assumed', 'legacy_no', 'unset'])
            .describe('assumed and unset: never asked. legacy_no: an old opt-out.'),
          basis: z.enum(bases).nullable(),
          at: z.iso.datetime().nullable(),
          decision: z
            .object({
              verdict: z.enum(['allow', 'deny']),
              reasons: z.array(reasonSchema),
              warnings: z.array(reasonSchema),
              holdsUntil: z.iso.datetime().nullable(),
            })
            .meta({ id: 'CellDecision' }),
        })
        .meta({ id: 'PermissionCell' }),
    ),
    history: z.array(ledgerEntrySchema),
  })
  .meta({ id: 'Permissions' });

export const recordedEventSchema = z
  .object({ customerId: z.uuid(), entry: ledgerEntrySchema })
  .meta({ id: 'RecordedPermissionEvent' });

export const permissionQuery = z.object({
  asOf: givenInstant
    .optional()
    .describe('A past instant: answered with the facts, the policy and the ledger of then. Default now.'),
});
