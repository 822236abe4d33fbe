import { z } from 'zod';
import { expectedVersion, writeEntityTag } from '../../platform/entity-tag.ts';
import type { Routes, RoutesApp } from '../../platform/http.ts';
import { requireScope } from '../../platform/http-access.ts';
import { readCursor, writeCursor } from '../../platform/http-paging.ts';
import { problems } from '../../platform/http-problem.ts';
import { recordAccess } from '../access/service.ts';
import { changeAppointment } from './changes/service.ts';
import {
  appointmentChangesSchema,
  appointmentPageSchema,
  appointmentParams,
  appointmentQuery,
  appointmentSchema,
  newAppointmentSchema,
} from './contract.ts';
import { presentAppointment, presentAppointments } from './presenting.ts';
import { bookAppointment, listAppointments, readAppointment } from './service.ts';

const tags = ['Appointments'];
const place = z.strictObject({ arrivesOn: z.iso.date(), arrivalTime: z.string().max(5), id: z.uuid() });
/** Who is booked in is said with every answer. */
const alsoCustomers: readonly string[] = ['customers:read'];
/** Whoever answers for the workshop may book beyond what it can do. */
const beyondCapacity: readonly string[] = ['workshop:write'];

export const appointmentRoutes: Routes = (app) => {
  routeList(app);
  routeBook(app);
  routeRead(app);
  routeChange(app);
};

function routeList(app: RoutesApp): void {
  app.get(
    '/appointments',
    {
      config: { access: ['appointments:read'] },
      schema: {
        operationId: 'listAppointments',
        summary: 'Appointments by day and time',
        description:
          'From today on where nothing else is said, page by page; of one branch or one customer where asked. Needs ' +
          'the scope `customers:read`, too.',
        tags,
        querystring: appointmentQuery,
        response: { 200: appointmentPageSchema, ...problems() },
      },
    },
    async (request) => {
      requireScope(request, alsoCustomers);
      const { context, actor, query } = request;
      const { cursor, ...question } = query;
      const page = await listAppointments(context, { ...question, after: readCursor(cursor, place) });
      await recordAccess(context, actor, 'appointments listed', question.customerId ?? null);
      return {
        appointments: await presentAppointments(context, page.appointments),
        nextCursor: page.next === null ? null : writeCursor(page.next),
      };
    },
  );
}

function routeBook(app: RoutesApp): void {
  app.post(
    '/appointments',
    {
      config: { access: ['appointments:write'] },
      schema: {
        operationId: 'bookAppointment',
        summary: 'Book a car in',
        description:
          'Answers 409 where there is no room: the code says of what, such as `workshop-full`, `mot-bay-full` or ' +
          '`time-taken`. Ends pending reminders about this work. Needs the scope `customers:read`, too.',
        tags,
        body: newAppointmentSchema,
        response: { 201: appointmentSchema, ...problems(400, 404, 409) },
      },
    },
    async (request, reply) => {
      requireScope(request, alsoCustomers);
      const { context, actor, body } = request;
      if (body.overbookedBecause !== undefined) requireScope(request, beyondCapacity);
      const id = await bookAppointment(context, body, actor);
      const appointment = await readAppointment(context, id);
      writeEntityTag(reply, appointment.version);
      reply.code(201).header('location', `/api/v1/appointments/${id}`);
      return presentAppointment(context, appointment);
    },
  );
}

function routeRead(app: RoutesApp): void {
  app.get(
    '/appointments/:id',
    {
      config: { access: ['appointments:read'] },
      schema: {
        operationId: 'readAppointment',
        summary: 'One appointment, with where the car stands',
        description: 'Needs the scope `customers:read`, too.',
        tags,
        params: appointmentParams,
        response: { 200: appointmentSchema, ...problems(404) },
      },
    },
    async (request, reply) => {
      requireScope(request, alsoCustomers);
      const { context, actor, params } = request;
      const appointment = await readAppointment(context, params.id);
      await recordAccess(context, actor, 'appointment read', appointment.customerId);
      writeEntityTag(reply, appointment.version);
      return presentAppointment(context, appointment);
    },
  );
}

function routeChange(app: RoutesApp): void {
  app.patch(
    '/appointments/:id',
    {
      config: { access: ['appointments:write'] },
      schema: {
        operationId: 'changeAppointment',
        summary: 'Move an appointment, change it, or take it a step on',
        description:
          'What is left out stays. `status` goes one step on or back: booked, arrived, in work, ready, collected; or ' +
          'it is cancelled or a no-show. Needs the scope `customers:read`, too.',
        tags,
        params: appointmentParams,
        body: appointmentChangesSchema,
        response: { 200: appointmentSchema, ...problems(400, 404, 409, 412, 428) },
      },
    },
    async (request, reply) => {
      requireScope(request, alsoCustomers);
      const { context, actor, params, body } = request;
      if (body.overbookedBecause !== undefined) requireScope(request, beyondCapacity);
      await changeAppointment(context, params.id, body, expectedVersion(request), actor);
      const appointment = await readAppointment(context, params.id);
      writeEntityTag(reply, appointment.version);
      return presentAppointment(context, appointment);
    },
  );
}
