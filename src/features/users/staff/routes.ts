import { z } from 'zod';
import { toTimestamp } from '../../../platform/database.ts';
import { expectedVersion, writeEntityTag } from '../../../platform/entity-tag.ts';
import type { Routes, RoutesApp } from '../../../platform/http.ts';
import { readCursor, writeCursor } from '../../../platform/http-paging.ts';
import { problems } from '../../../platform/http-problem.ts';
import type { User } from '../contract.ts';
import {
  newUserSchema,
  rolesSchema,
  userChangesSchema,
  userPageSchema,
  userParams,
  userQuery,
  userSchema,
} from '../contract.ts';
import { roles, scopes, scopesOfRole, scopeWords } from '../roles.ts';
import { createUser } from '../service.ts';
import type { StaffUser } from './service.ts';
import { changeUser, listUsers, readUser } from './service.ts';

const tags = ['Staff'];

export const userRoutes: Routes = (app) => {
  routeRoles(app);
  routeList(app);
  routeCreate(app);
  routeRead(app);
  routeChange(app);
};

function routeRoles(app: RoutesApp): void {
  app.get(
    '/roles',
    {
      config: { access: ['users'] },
      schema: {
        operationId: 'listRoles',
        summary: 'What each role may do',
        tags,
        response: { 200: rolesSchema, ...problems() },
      },
    },
    async () => ({
      roles: [...roles],
      duties: scopes.map((scope) => ({
        scope,
        allows: scopeWords[scope],
        roles: roles.filter((role) => scopesOfRole[role].includes(scope)),
      })),
    }),
  );
}

function routeList(app: RoutesApp): void {
  app.get(
    '/users',
    {
      config: { access: ['users'] },
      schema: {
        operationId: 'listUsers',
        summary: 'The members of staff',
        description: 'Page by page, by username; those who are disabled, too.',
        tags,
        querystring: userQuery,
        response: { 200: userPageSchema, ...problems() },
      },
    },
    async ({ context, query }) => {
      const { users, next } = await listUsers(context, readCursor(query.cursor, z.string()), query.limit);
      return { users: users.map(present), nextCursor: next === null ? null : writeCursor(next) };
    },
  );
}

function routeCreate(app: RoutesApp): void {
  app.post(
    '/users',
    {
      config: { access: ['users'], repeatable: true },
      schema: {
        operationId: 'createUser',
        summary: 'Add a member of staff',
        description:
          'Asked again, it answers 409, because the username is taken. So it does for the email address of somebody else.',
        tags,
        body: newUserSchema,
        response: { 201: userSchema, ...problems(400, 409) },
      },
    },
    async ({ context, actor, body }, reply) => {
      const user = await readUser(context, await createUser(context, body, actor));
      writeEntityTag(reply, user.version);
      reply.code(201).header('location', `/api/v1/users/${user.id}`);
      return present(user);
    },
  );
}

function routeRead(app: RoutesApp): void {
  app.get(
    '/users/:id',
    {
      config: { access: ['users'] },
      schema: {
        operationId: 'readUser',
        summary: 'A member of staff',
        tags,
        params: userParams,
        response: { 200: userSchema, ...problems(404) },
      },
    },
    async ({ context, params }, reply) => {
      const user = await readUser(context, params.id);
      writeEntityTag(reply, user.version);
      return present(user);
    },
  );
}

function routeChange(app: RoutesApp): void {
  app.patch(
    '/users/:id',
    {
      config: { access: ['users'] },
      schema: {
        operationId: 'changeUser',
        summary: 'Change a member of staff',
        description:
          'What is left out stays. A new role counts at once; disabling, or a new password, ends every session of ' +
          'theirs. The last administrator stays one.',
        tags,
        params: userParams,
        body: userChangesSchema,
        response: { 200: userSchema, ...problems(400, 404, 409, 412, 428) },
      },
    },
    async (request, reply) => {
      const { context, actor, params, body } = request;
      await changeUser(context, params.id, body, { expectedVersion: expectedVersion(request), actor });
      const user = await readUser(context, params.id);
      writeEntityTag(reply, user.version);
      return present(user);
    },
  );
}

function present(user: StaffUser): User {
  const { branchCode, branchName } = user;
  const instant = (at: number | null) => (at === null ? null : toTimestamp(at));
  return {
    id: user.id,
    username: user.username,
    fullName: user.fullName,
    role: user.role,
    branch: branchCode === null || branchName === null ? null : { code: branchCode, name: branchName },
    email: user.email,
    isJoined: user.isJoined,
    createdAt: toTimestamp(user.createdAt),
    lastSignedInAt: instant(user.lastSignedInAt),
    disabledAt: instant(user.disabledAt),
    secondFactorSince: instant(user.secondFactorAddedAt),
    resetUntil: instant(user.resetValidUntil),
    version: user.version,
  };
}
