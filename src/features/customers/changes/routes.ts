import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { writeEntityTag } from '../../../platform/entity-tag.ts';
import type { Routes, RoutesApp } from '../../../platform/http.ts';
import { problems } from '../../../platform/http-problem.ts';
import { recordAccess } from '../../access/service.ts';
import {
  contactPointChangeSchema,
  customerParams,
  customerSchema,
  endKeepingSchema,
  givenVehicleSchema,
} from '../contract.ts';
import { presentCustomer } from '../profile.ts';
import {
  addContactPoint,
  confirmContactPoint,
  customerIdOf,
  endKeeping,
  linkVehicle,
  markBounced,
  readCustomer,
  removeContactPoint,
  replaceContactPoint,
} from '../service.ts';

/** Contact points and vehicles of a customer; each change answers with the customer as they are then. */
const pointParams = customerParams.extend({
  contactPointId: z.uuid().describe('The id of the contact point.'),
});
const vehicleParams = customerParams.extend({ vehicleId: z.uuid().describe('The id of the vehicle.') });
const response = { 200: customerSchema, ...problems(400, 404, 409) };

export const contactPointRoutes: Routes = (app) => {
  routeAdd(app);
  routeReplace(app);
  routeConfirm(app);
  routeBounced(app);
  routeRemove(app);
};

function routeAdd(app: RoutesApp): void {
  app.post(
    '/customers/:id/contact-points',
    {
      config: { access: ['customers:write'] },
      schema: {
        operationId: 'addContactPoint',
        summary: 'Add a number or address',
        description: 'What somebody else than the customer gave carries no marketing until it is confirmed.',
        tags: ['Contact points'],
        params: customerParams,
        body: contactPointChangeSchema,
        response,
      },
    },
    async (request, reply) =>
      changed(request, reply, (id) => addContactPoint(request.context, id, request.body)),
  );
}

function routeReplace(app: RoutesApp): void {
  app.post(
    '/customers/:id/contact-points/:contactPointId(^[0-9a-f-]+)::replace',
    {
      config: { access: ['customers:write'] },
      schema: {
        operationId: 'replaceContactPoint',
        summary: 'Put another number or address in the place of one',
        description:
          'The old one stays as history; consent to calls on the old line does not pass to the new one.',
        tags: ['Contact points'],
        params: pointParams,
        body: contactPointChangeSchema,
        response,
      },
    },
    async (request, reply) =>
      changed(request, reply, (id) =>
        replaceContactPoint(request.context, id, request.params.contactPointId, request.body),
      ),
  );
}

function routeConfirm(app: RoutesApp): void {
  app.post(
    '/customers/:id/contact-points/:contactPointId(^[0-9a-f-]+)::confirm',
    {
      config: { access: ['customers:write'] },
      schema: {
        operationId: 'confirmContactPoint',
        summary: 'Say that the customer confirmed it',
        tags: ['Contact points'],
        params: pointParams,
        response,
      },
    },
    async (request, reply) =>
      changed(request, reply, (id) =>
        confirmContactPoint(request.context, id, request.params.contactPointId),
      ),
  );
}

function routeBounced(app: RoutesApp): void {
  app.post(
    '/customers/:id/contact-points/:contactPointId(^[0-9a-f-]+)::bounced',
    {
      config: { access: ['customers:write'] },
      schema: {
        operationId: 'markContactPointBounced',
        summary: 'Say that what was sent to it came back',
        tags: ['Contact points'],
        params: pointParams,
        response,
      },
    },
    async (request, reply) =>
      changed(request, reply, (id) => markBounced(request.context, id, request.params.contactPointId)),
  );
}

function routeRemove(app: RoutesApp): void {
  app.delete(
    '/customers/:id/contact-points/:contactPointId',
    {
      config: { access: ['customers:write'] },
      schema: {
        operationId: 'removeContactPoint',
        summary: 'Take a number or address out of use',
        description: 'It stays as history.',
        tags: ['Contact points'],
        params: pointParams,
        response,
      },
    },
    async (request, reply) =>
      changed(request, reply, (id) => removeContactPoint(request.context, id, request.params.contactPointId)),
  );
}

export const vehicleRoutes: Routes = (app) => {
  routeLink(app);
  routeNoLongerOwned(app);
};

function routeLink(app: RoutesApp): void {
  app.post(
    '/customers/:id/vehicles',
    {
      config: { access: ['customers:write'] },
      schema: {
        operationId: 'linkVehicle',
        summary: "Make a vehicle the customer's",
        description: 'A vehicle is found by VIN or registration, or entered.',
        tags: ['Vehicles'],
        params: customerParams,
        body: givenVehicleSchema,
        response,
      },
    },
    async (request, reply) => changed(request, reply, (id) => linkVehicle(request.context, id, request.body)),
  );
}

function routeNoLongerOwned(app: RoutesApp): void {
  app.post(
    '/customers/:id/vehicles/:vehicleId(^[0-9a-f-]+)::no-longer-owned',
    {
      config: { access: ['customers:write'] },
      schema: {
        operationId: 'endKeeping',
        summary: 'Say that the vehicle is no longer theirs',
        tags: ['Vehicles'],
        params: vehicleParams,
        body: endKeepingSchema,
        response,
      },
    },
    async (request, reply) =>
      changed(request, reply, (id) =>
        endKeeping(request.context, id, request.params.vehicleId, request.body.untilOn),
      ),
  );
}

async function changed(
  request: FastifyRequest & { readonly params: unknown },
  reply: FastifyReply,
  work: (customerId: string) => Promise<unknown>,
): Promise<z.input<typeof customerSchema>> {
  const { context, actor } = request;
  const id = await customerIdOf(context, (request.params as { id: string }).id);
  await work(id);
  const customer = await readCustomer(context, id);
  await recordAccess(context, actor, 'customer changed', id);
  writeEntityTag(reply, customer.version);
  return presentCustomer(customer);
}
