import { z } from 'zod';
import { expectedVersion, writeEntityTag } from '../../platform/entity-tag.ts';
import type { Routes, RoutesApp } from '../../platform/http.ts';
import { problems } from '../../platform/http-problem.ts';
import { recordAccess, recordAccessToEach } from '../access/service.ts';
import {
  customerChangesSchema,
  customerHitSchema,
  customerParams,
  customerSchema,
  customerSearchSchema,
  duplicatesSchema,
  newCustomerSchema,
} from './contract.ts';
import { mergeOutcomeSchema, mergeSchema } from './merging/contract.ts';
import type { MergeOutcome } from './merging/service.ts';
import { presentCustomer, withoutUndefined } from './profile.ts';
import { searchCustomers } from './search/service.ts';
import { createCustomer, customerIdOf, editCustomer, mergeCustomers, readCustomer } from './service.ts';

const tags = ['Customers'];

export const customerRoutes: Routes = (app) => {
  routeSearch(app);
  routeRead(app);
  routeCreate(app);
  routeEdit(app);
  routeMerge(app);
};

function routeSearch(app: RoutesApp): void {
  app.post(
    '/customers::search',
    {
      config: { access: ['customers:read'], repeatable: true },
      schema: {
        operationId: 'searchCustomers',
        summary: 'Search customers as one types',
        description: 'The text travels in the body, because a name or number in an address ends up in logs.',
        tags,
        body: customerSearchSchema,
        response: { 200: z.object({ customers: z.array(customerHitSchema) }), ...problems(400) },
      },
    },
    async ({ context, actor, body }) => {
      // At the same time, since somebody is typing; nothing is answered before the look is written down.
      const [customers] = await Promise.all([
        searchCustomers(context, body.text, body.limit),
        recordAccess(context, actor, 'customer searched'),
      ]);
      return { customers };
    },
  );
}

function routeRead(app: RoutesApp): void {
  app.get(
    '/customers/:id',
    {
      config: { access: ['customers:read'] },
      schema: {
        operationId: 'readCustomer',
        summary: 'Read a customer with contact points and vehicles',
        tags,
        params: customerParams,
        response: { 200: customerSchema, ...problems(404) },
      },
    },
    async ({ context, actor, params }, reply) => {
      const customer = await readCustomer(context, await customerIdOf(context, params.id));
      await recordAccess(context, actor, 'customer read', customer.id);
      writeEntityTag(reply, customer.version);
      return presentCustomer(customer);
    },
  );
}

function routeCreate(app: RoutesApp): void {
  app.post(
    '/customers',
    {
      config: { access: ['customers:write'] },
      schema: {
        operationId: 'createCustomer',
        summary: 'Enter a customer',
        description:
          'Answers 201 with the customer, or 200 with those who look like the same person: then nothing was ' +
          'written, and confirmDuplicate goes on.',
        tags,
        body: newCustomerSchema,
        response: { 200: duplicatesSchema, 201: customerSchema, ...problems(400, 409) },
      },
    },
    async ({ context, actor, body }, reply) => {
      const created = await createCustomer(context, body, actor);
      if (!created.created) {
        const shown = created.duplicates.map(({ customerId }) => customerId);
        await recordAccessToEach(context, actor, 'duplicates shown', shown);
        return { created: false as const, duplicates: [...created.duplicates] };
      }
      const customer = await readCustomer(context, created.customerId);
      writeEntityTag(reply, customer.version);
      reply.code(201).header('location', `/api/v1/customers/${customer.id}`);
      return presentCustomer(customer);
    },
  );
}

function routeEdit(app: RoutesApp): void {
  app.patch(
    '/customers/:id',
    {
      config: { access: ['customers:write'] },
      schema: {
        operationId: 'editCustomer',
        summary: 'Edit a customer',
        description: 'What is left out stays; null empties a field.',
        tags,
        params: customerParams,
        body: customerChangesSchema,
        response: { 200: customerSchema, ...problems(400, 404, 409, 412, 428) },
      },
    },
    async (request, reply) => {
      const { context, actor, params, body } = request;
      const id = await customerIdOf(context, params.id);
      await editCustomer(context, id, body, expectedVersion(request));
      const customer = await readCustomer(context, id);
      await recordAccess(context, actor, 'customer changed', id);
      writeEntityTag(reply, customer.version);
      return presentCustomer(customer);
    },
  );
}

function routeMerge(app: RoutesApp): void {
  app.post(
    '/customers/:id(.+)::merge',
    {
      config: { access: ['customers:write'] },
      schema: {
        operationId: 'mergeCustomers',
        summary: 'Make another record of the same person part of this one',
        description:
          'Every no of both records stays a no, and both histories stay as they are. A dry run unless told otherwise.',
        tags,
        params: customerParams,
        body: mergeSchema,
        response: { 200: mergeOutcomeSchema, ...problems(400, 404, 409) },
      },
    },
    async ({ context, actor, params, body }) => {
      const survivorId = await customerIdOf(context, params.id);
      const absorbedId = await customerIdOf(context, body.absorbed);
      await recordAccess(context, actor, 'merge looked at', survivorId);
      await recordAccess(context, actor, 'merge looked at', absorbedId);
      const { dryRun, choices = {}, leaveOut = [] } = body;
      const wishes = { dryRun, choices: withoutUndefined(choices), leaveOut };
      return presentMerge(await mergeCustomers(context, { survivorId, absorbedId }, actor, wishes));
    },
  );
}

function presentMerge(outcome: MergeOutcome): z.input<typeof mergeOutcomeSchema> {
  return {
    ...outcome,
    details: [...outcome.details],
    cells: outcome.cells.map((cell) => ({ ...cell, ...presentReasons(cell) })),
    vehicles: outcome.vehicles.map(({ vehicleId, name, cells }) => ({
      vehicleId,
      name,
      cells: cells.map((cell) => ({ ...cell, ...presentReasons(cell) })),
    })),
    conflicts: [...outcome.conflicts],
  };
}

type Reasons = Pick<MergeOutcome['cells'][number], 'survivorReasons' | 'absorbedReasons' | 'reasons'>;

function presentReasons({ survivorReasons, absorbedReasons, reasons }: Reasons) {
  return {
    survivorReasons: [...survivorReasons],
    absorbedReasons: [...absorbedReasons],
    reasons: [...reasons],
  };
}
