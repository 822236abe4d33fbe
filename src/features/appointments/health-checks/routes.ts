import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Context } from '../../../platform/context.ts';
import { expectedVersion, writeEntityTag } from '../../../platform/entity-tag.ts';
import type { Routes, RoutesApp } from '../../../platform/http.ts';
import { requireScope } from '../../../platform/http-access.ts';
import { problems } from '../../../platform/http-problem.ts';
import { recordAccess } from '../../access/service.ts';
import { actorNames } from '../../users/service.ts';
import { appointmentParams } from '../contract.ts';
import { readAppointment } from '../service.ts';
import type { outcomes, severities } from './contract.ts';
import { healthCheckOfSchema, healthCheckSchema, newHealthCheckSchema } from './contract.ts';
import type { HealthCheck } from './service.ts';
import { changeHealthCheck, healthCheckOf, readHealthCheck, recordHealthCheck } from './service.ts';

const tags = ['Appointments'];

export const healthCheckRoutes: Routes = (app) => {
  routeRead(app);
  routeRecord(app);
  routeChange(app);
};

function routeRead(app: RoutesApp): void {
  app.get(
    '/appointments/:id/health-check',
    {
      config: { access: ['appointments:read'] },
      schema: {
        operationId: 'readHealthCheck',
        summary: 'What the health check of a car found while it was here',
        description: 'Null until one is recorded. Needs the scope `customers:read`, too.',
        tags,
        params: appointmentParams,
        response: { 200: healthCheckOfSchema, ...problems(404) },
      },
    },
    async (request, reply) => {
      requireScope(request, ['customers:read']);
      const { context, actor, params } = request;
      const { customerId } = await readAppointment(context, params.id);
      const check = await healthCheckOf(context, params.id);
      await recordAccess(context, actor, 'health check read', customerId);
      if (check === null) return { healthCheck: null };
      writeEntityTag(reply, check.version);
      return { healthCheck: await present(context, check) };
    },
  );
}

function routeRecord(app: RoutesApp): void {
  app.post(
    '/appointments/:id/health-check',
    {
      config: { access: ['appointments:write'] },
      schema: {
        operationId: 'recordHealthCheck',
        summary: 'Record what a health check found, and what the customer decided',
        description: 'One for each appointment. Needs the scope `customers:read`, too.',
        tags,
        params: appointmentParams,
        body: newHealthCheckSchema,
        response: { 201: healthCheckSchema, ...problems(400, 404, 409) },
      },
    },
    async (request, reply) => {
      requireCustomers(request);
      const { context, actor, params, body } = request;
      const check = await readHealthCheck(context, await recordHealthCheck(context, params.id, body, actor));
      writeEntityTag(reply, check.version);
      reply.code(201).header('location', `/api/v1/appointments/${params.id}/health-check`);
      return present(context, check);
    },
  );
}

function routeChange(app: RoutesApp): void {
  app.patch(
    '/health-checks/:id',
    {
      config: { access: ['appointments:write'] },
      schema: {
        operationId: 'changeHealthCheck',
        summary: 'Change what a health check found or what the customer decided',
        description:
          'The findings as they are to be: one that is left out goes. Needs the scope `customers:read`, too.',
        tags,
        params: appointmentParams,
        body: newHealthCheckSchema,
        response: { 200: healthCheckSchema, ...problems(400, 404, 409, 412, 428) },
      },
    },
    async (request, reply) => {
      requireCustomers(request);
      const { context, params, body } = request;
      await changeHealthCheck(context, params.id, body, expectedVersion(request));
      const check = await readHealthCheck(context, params.id);
      writeEntityTag(reply, check.version);
      return present(context, check);
    },
  );
}

/** What is answered says what a customer decided. */
function requireCustomers(request: FastifyRequest): void {
  requireScope(request, ['customers:read']);
}

async function present(context: Context, check: HealthCheck): Promise<z.input<typeof healthCheckSchema>> {
  const names = await actorNames(context, [check.recordedBy]);
  return {
    ...check,
    recordedByName: names.get(check.recordedBy) ?? '',
    findings: check.findings.map((finding) => ({
      ...finding,
      severity: finding.severity as (typeof severities)[number],
      outcome: finding.outcome as (typeof outcomes)[number],
    })),
  };
}
