import { categoryWords, listWords, midSentence } from '../../../domain/plain-words.ts';
import type { PolicySettings } from '../../../domain/policy.ts';
import { preferenceGrid } from '../../../domain/preference-grid.ts';
import { screenChannelLabels } from '../../../domain/screen-channels.ts';
import type { Context } from '../../../platform/context.ts';
import { listLegalEntities } from '../../branches/service.ts';
import type { GatheredFacts } from '../../facts/service.ts';
import { asKnownTo } from '../../facts/service.ts';

/**
 * Whose permission it is, in a group of several companies. Guarantees that what was given to one is shown to its
 * sisters as that, and never as an answer of their own.
 */
export interface Controllers {
  readonly answeringFor: { readonly legalEntity: string; readonly several: boolean };
  readonly elsewhere: readonly { readonly legalEntity: string; readonly given: readonly string[] }[];
}

export async function controllersOf(
  context: Context,
  known: GatheredFacts,
  settings: PolicySettings,
  at: number,
): Promise<Controllers> {
  const entities = await listLegalEntities(context);
  const elsewhere: { legalEntity: string; given: string[] }[] = [];
  for (const { id, name } of entities) {
    if (id === known.profile.legalEntityId) continue;
    const other = await asKnownTo(context.database.db, known, id, settings.mergePolicy, { at });
    const given = consentedTo(other, settings, at);
    if (given.length > 0) elsewhere.push({ legalEntity: name, given });
  }
  const own = entities.find(({ id }) => id === known.profile.legalEntityId);
  return { answeringFor: { legalEntity: own?.name ?? '', several: entities.length > 1 }, elsewhere };
}

/** Such as `Service follow-up by SMS and email`; what was asked of other companies by name is left out. */
function consentedTo({ facts }: GatheredFacts, settings: PolicySettings, at: number): string[] {
  const boxes = preferenceGrid(facts, settings, at, []).filter(
    ({ shown }) => shown.shown.state === 'consented',
  );
  return [...Map.groupBy(boxes, ({ category }) => category)].map(([category, ofCategory]) => {
    const ways = ofCategory.map(({ channel }) => midSentence(screenChannelLabels[channel]));
    return `${categoryWords[category]} by ${listWords(ways)}`;
  });
}
