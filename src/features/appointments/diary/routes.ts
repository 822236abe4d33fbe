import type { Routes } from '../../../platform/http.ts';
import { requireScope } from '../../../platform/http-access.ts';
import { problems } from '../../../platform/http-problem.ts';
import { recordAccess } from '../../access/service.ts';
import { advisersSchema, diaryQuery, diarySchema, slotQuestionSchema, slotsSchema } from '../contract.ts';
import { presentAppointments } from '../presenting.ts';
import { listAdvisers } from '../service.ts';
import { findSlots, readDiary } from './service.ts';

export const diaryRoutes: Routes = (app) => {
  app.get(
    '/diary',
    {
      config: { access: ['appointments:read'] },
      schema: {
        operationId: 'readDiary',
        summary: 'The workshop diary of a branch, by day',
        description:
          'A day or up to a week, with what is booked and the room that is left. Needs the scope `customers:read`, too.',
        tags: ['Workshop'],
        querystring: diaryQuery,
        response: { 200: diarySchema, ...problems() },
      },
    },
    async (request) => {
      requireScope(request, ['customers:read']);
      const { context, actor, query } = request;
      const { days, ...diary } = await readDiary(context, query);
      const shown = await presentAppointments(
        context,
        days.flatMap(({ appointments }) => appointments),
      );
      await recordAccess(context, actor, 'diary looked at', null, {
        branch: diary.branch,
        fromOn: days[0]?.on ?? null,
        untilOn: days.at(-1)?.on ?? null,
      });
      const byId = new Map(shown.map((appointment) => [appointment.id, appointment]));
      return {
        ...diary,
        days: days.map(({ appointments, capacity, arrivalTimes, ...day }) => ({
          ...day,
          arrivalTimes: [...arrivalTimes],
          capacity: [...capacity],
          appointments: appointments.flatMap(({ id }) => byId.get(id) ?? []),
        })),
      };
    },
  );
  app.post(
    '/appointments::find-slots',
    {
      config: { access: ['appointments:read'], repeatable: true },
      schema: {
        operationId: 'findSlots',
        summary: 'The first free times for some work',
        description: 'At most two a day, morning and afternoon; or every free time of one day.',
        tags: ['Workshop'],
        body: slotQuestionSchema,
        response: { 200: slotsSchema, ...problems(400) },
      },
    },
    async ({ context, body }) => findSlots(context, body),
  );
  app.get(
    '/workshop-advisers',
    {
      config: { access: ['appointments:read'] },
      schema: {
        operationId: 'listServiceAdvisers',
        summary: 'Who can look after an appointment',
        description: 'Everybody who works here, by name.',
        tags: ['Workshop'],
        response: { 200: advisersSchema, ...problems() },
      },
    },
    async ({ context }) => ({ advisers: await listAdvisers(context) }),
  );
};
