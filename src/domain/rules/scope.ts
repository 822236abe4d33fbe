import type { Rule } from './rule.ts';
import { describeCell, isGranted, thirdParty, vehicleBound } from './rule.ts';

export const scopeRules: readonly Rule[] = [
  {
    code: 'VEHICLE_NOT_OWNED',
    stage: 'S5',
    appliesTo: vehicleBound,
    blocks: ({ vehicleGone }) => vehicleGone,
    fact: ({ vehicle, vehicleGone }) =>
      vehicle === null ? 'no vehicle' : vehicleGone ? 'no longer owned' : 'owned',
  },
  {
    code: 'VEHICLE_NOT_LINKED',
    stage: 'S5',
    appliesTo: vehicleBound,
    blocks: ({ vehicle }) => vehicle === null,
    fact: ({ vehicle }) => (vehicle === null ? 'no vehicle linked' : 'vehicle linked'),
  },
  {
    code: 'THIRD_PARTY_NOT_NAMED',
    stage: 'S5',
    appliesTo: thirdParty,
    blocks: ({ thirdPartyNamed }) => !thirdPartyNamed,
    fact: ({ thirdPartyNamed }) => (thirdPartyNamed ? 'company named' : 'company not named'),
  },
  {
    code: 'THIRD_PARTY_CONSENT_REQUIRED',
    stage: 'S5',
    appliesTo: thirdParty,
    blocks: (situation) =>
      situation.thirdPartyNamed && !(isGranted(situation) && situation.cell?.basis === 'consent'),
    fact: describeCell,
  },
];
