import project from '../package.json' with { type: 'json' };
import { accessRoutes } from './features/access/log/routes.ts';
import { diaryRoutes } from './features/appointments/diary/routes.ts';
import { healthCheckRoutes } from './features/appointments/health-checks/routes.ts';
import { workshopHoursRoutes } from './features/appointments/hours/routes.ts';
import { maintenanceRoutes } from './features/appointments/maintenance/routes.ts';
import { appointmentRoutes } from './features/appointments/routes.ts';
import { branchRoutes } from './features/branches/routes.ts';
import { contactPointRoutes, vehicleRoutes } from './features/customers/changes/routes.ts';
import { duplicateRoutes } from './features/customers/duplicates/routes.ts';
import { pairRoutes } from './features/customers/pairs/routes.ts';
import { customerRoutes } from './features/customers/routes.ts';
import { leadFaultRoutes } from './features/enquiries/faults/routes.ts';
import { webWordingRoutes } from './features/enquiries/leads/routes.ts';
import { enquiryListRoutes } from './features/enquiries/listing/routes.ts';
import { enquiryOwnerRoutes } from './features/enquiries/owners/routes.ts';
import { enquiryRoutes } from './features/enquiries/routes.ts';
import { importRoutes } from './features/imports/routes.ts';
import { selectionFieldRoutes } from './features/mailshots/fields/routes.ts';
import { mailshotRoutes } from './features/mailshots/routes.ts';
import { savedSelectionRoutes } from './features/mailshots/saved/routes.ts';
import { noteRoutes } from './features/notes/routes.ts';
import { contactPermissionRoutes } from './features/permissions/contact-permissions/routes.ts';
import { preferenceStreamRoutes } from './features/permissions/following/routes.ts';
import { preferenceRoutes } from './features/permissions/preferences/routes.ts';
import { permissionRoutes } from './features/permissions/routes.ts';
import { statusRoutes } from './features/permissions/statuses/routes.ts';
import { screeningRoutes } from './features/privacy/screenings/routes.ts';
import { suppressionRoutes } from './features/privacy/suppressions/routes.ts';
import { forecastRoutes } from './features/programmes/forecast/routes.ts';
import { programmeRoutes } from './features/programmes/routes.ts';
import { resetRoutes } from './features/resets/routes.ts';
import { reviewCallRoutes } from './features/reviews/calls/routes.ts';
import { reviewOutcomeRoutes } from './features/reviews/outcomes/routes.ts';
import { reviewRoutes } from './features/reviews/routes.ts';
import { policyRoutes } from './features/settings/routes.ts';
import { taskRoutes } from './features/tasks/routes.ts';
import { templateRoutes } from './features/templates/routes.ts';
import { senderRoutes } from './features/templates/sender/routes.ts';
import { timelineRoutes } from './features/timeline/routes.ts';
import { openSessionRoutes } from './features/users/open-sessions/routes.ts';
import { passwordResetRoutes } from './features/users/password-reset/routes.ts';
import { providerRoutes, signInOptionsRoutes } from './features/users/provider/routes.ts';
import type { Provider, ProviderSettings } from './features/users/provider/service.ts';
import { openProvider } from './features/users/provider/service.ts';
import { sessionRoutes } from './features/users/routes.ts';
import { secondFactorRoutes } from './features/users/second-factor/routes.ts';
import { apiKeyAuthenticator } from './features/users/service.ts';
import type { SignInWays } from './features/users/sessions/service.ts';
import { everybodyByPassword, sessionAuthenticator } from './features/users/sessions/service.ts';
import { signInPolicyRoutes } from './features/users/sign-in-policy/routes.ts';
import { userRoutes } from './features/users/staff/routes.ts';
import { wordingRoutes } from './features/wordings/routes.ts';
import { healthRoute } from './health.ts';
import type { Context } from './platform/context.ts';
import type { HttpApp, HttpOptions, Routes } from './platform/http.ts';
import { buildHttp } from './platform/http.ts';
import type { ApiDescription } from './platform/openapi.ts';
import type { Screens } from './staff-screens.ts';
import { screenRoutes } from './staff-screens.ts';

/** The routes of every feature, below /api/v1. A new feature adds its own here. */
const api = (demo: boolean, provider: Provider | null, ways: SignInWays): readonly Routes[] => [
  sessionRoutes(demo, ways),
  signInOptionsRoutes(provider, ways),
  openSessionRoutes,
  passwordResetRoutes,
  secondFactorRoutes,
  signInPolicyRoutes,
  userRoutes,
  branchRoutes,
  customerRoutes,
  pairRoutes,
  duplicateRoutes,
  contactPointRoutes,
  vehicleRoutes,
  permissionRoutes,
  preferenceRoutes,
  preferenceStreamRoutes,
  contactPermissionRoutes,
  timelineRoutes,
  noteRoutes,
  taskRoutes,
  enquiryListRoutes,
  enquiryRoutes,
  enquiryOwnerRoutes,
  webWordingRoutes,
  leadFaultRoutes,
  wordingRoutes,
  statusRoutes,
  screeningRoutes,
  suppressionRoutes,
  reviewRoutes,
  reviewCallRoutes,
  reviewOutcomeRoutes,
  policyRoutes,
  selectionFieldRoutes,
  savedSelectionRoutes,
  mailshotRoutes,
  importRoutes,
  resetRoutes,
  diaryRoutes,
  appointmentRoutes,
  healthCheckRoutes,
  maintenanceRoutes,
  workshopHoursRoutes,
  programmeRoutes,
  forecastRoutes,
  accessRoutes,
  templateRoutes,
  senderRoutes,
];

const description: ApiDescription = {
  title: 'Navigator',
  description:
    'Who may be contacted, about what, by which channel, on what grounds - and the proof. ' +
    'For UK motor dealers. Errors are problem details (RFC 9457); a POST may carry an Idempotency-Key; ' +
    'edits carry the ETag that was read in If-Match; lists are read page by page with a cursor.',
  version: project.version,
  tags: [
    { name: 'Sessions', description: 'Signing in and out, for people.' },
    { name: 'Second factor', description: 'Codes of a telephone beside the password.' },
    { name: 'Set-up', description: 'The first administrator of a new installation.' },
    { name: 'Staff', description: 'Who works here, and what they may do.' },
    { name: 'Branches', description: 'Where they work.' },
    { name: 'Customers', description: 'Who they are.' },
    { name: 'Contact points', description: 'Numbers and addresses of customers.' },
    { name: 'Vehicles', description: 'Which vehicles are theirs.' },
    { name: 'Permissions', description: 'What they agreed to and refused, with its history.' },
    {
      name: 'Preferences',
      description: 'The pop-up and the panel: what is held, saving answers, what happened.',
    },
    { name: 'Registers', description: 'TPS, CTPS and MPS, and the do-not-contact list.' },
    { name: 'Wordings', description: 'What is read out at the counter, in versions.' },
    { name: 'Decisions', description: 'Whether somebody may be sent something, and why.' },
    { name: 'Reviews', description: 'Whose preferences are due for review.' },
    { name: 'Enquiries', description: 'Who wants to buy what, and how far it has come.' },
    { name: 'Notes', description: 'What staff want to remember of a customer.' },
    { name: 'Tasks', description: 'What staff have to do, by when, about whom.' },
    { name: 'Policy', description: 'The policy in force, its versions, and choosing another one.' },
    { name: 'Selections', description: 'Who may be written to, and who is left out for which reason.' },
    { name: 'Exports', description: 'Mailing lists, and the record of what left the house.' },
    { name: 'Imports', description: 'Old customer files: upload, plan, import, take back.' },
    { name: 'Resets', description: 'All records back to "no permission was given": plan, begin, undo.' },
    { name: 'Workshop', description: 'The diary of a branch: days, room, hours and free times.' },
    { name: 'Appointments', description: 'Cars booked in, what is done, and what was found.' },
    {
      name: 'Contact manager',
      description: 'What customers are reminded of, in which steps, and what one is going to hear.',
    },
    { name: 'Access log', description: 'Who looked at whose data, and when.' },
    { name: 'Templates', description: 'What messages say, in versions, and who they are from.' },
    { name: 'Health', description: 'Whether the program works.' },
  ],
};

export interface AppOptions extends Pick<HttpOptions, 'requestsPerMinute' | 'proxies' | 'streamLimits'> {
  /** Whether this is the demonstration dealership. */
  readonly demo?: boolean;
  /** How people sign in; by password where nothing is said. */
  readonly signIn?: SignInWays & { readonly provider: ProviderSettings };
  /** The staff application; without it the API answers alone. */
  readonly screens?: Screens;
}

/** The whole application on a context, ready to listen or to be asked in a test. */
export async function buildApp(
  context: Context,
  { demo = false, signIn, screens, ...options }: AppOptions = {},
): Promise<HttpApp> {
  const provider = signIn === undefined ? null : openProvider(signIn.provider);
  const pages = [healthRoute, providerRoutes(provider)];
  return buildHttp(context, {
    authenticate: { byKey: apiKeyAuthenticator(context), bySession: sessionAuthenticator(context) },
    description,
    api: api(demo, provider, signIn ?? everybodyByPassword),
    pages: screens === undefined ? pages : [...pages, screenRoutes(screens)],
    ...options,
  });
}
