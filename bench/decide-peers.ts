import { createMongoAbility } from '@casl/ability';
import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import jsonLogic from 'json-logic-js';
import type { SmallQuestion } from './decide-data.ts';

/**
 * The small policy in other people's engines: contact is allowed to somebody who is there, has not objected
 * and can be reached, where consent was granted and can be proved, or an assessed interest will do.
 */
export type Peer = (question: SmallQuestion) => boolean;

const base = { erased: false, objected: false, reachable: true, granted: true } as const;

export function caslPeer(): Peer {
  const ability = createMongoAbility(
    [
      { action: 'contact', subject: 'Cell', conditions: { ...base, consent: true, evidenced: true } },
      {
        action: 'contact',
        subject: 'Cell',
        conditions: { ...base, consent: false, assessed: true, interestWillDo: true },
      },
    ],
    { detectSubjectType: () => 'Cell' },
  );
  return (question) => ability.can('contact', question as unknown as 'Cell');
}

export function jsonLogicPeer(): Peer {
  const is = (name: keyof SmallQuestion): object => ({ var: name });
  const rule = {
    and: [
      { '!': [is('erased')] },
      { '!': [is('objected')] },
      is('reachable'),
      is('granted'),
      {
        if: [is('consent'), is('evidenced'), { and: [is('assessed'), is('interestWillDo')] }],
      },
    ],
  };
  return (question) => jsonLogic.apply(rule, question) === true;
}

export function cedarPeer(): Peer {
  const policy = `
    permit (principal, action == Action::"contact", resource)
    when {
      !context.erased && !context.objected && context.reachable && context.granted &&
      (if context.consent then context.evidenced else context.assessed && context.interestWillDo)
    };`;
  const parsed = preparsePolicySet('small', { staticPolicies: policy });
  if (parsed.type !== 'success') throw new Error('The policy for Cedar does not parse.');
  return (question) => {
    const answer = statefulIsAuthorized({
      principal: { type: 'Dealer', id: 'dealer' },
      action: { type: 'Action', id: 'contact' },
      resource: { type: 'Cell', id: 'cell' },
      context: { ...question },
      preparsedPolicySetId: 'small',
      entities: [],
    });
    if (answer.type !== 'success') throw new Error('Cedar could not answer.');
    return answer.response.decision === 'allow';
  };
}
