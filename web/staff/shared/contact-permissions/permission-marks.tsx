import { Tooltip, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useId } from 'react';
import type { Answer, ContactUse, PermittedPoint } from './contact-permissions.ts';
import { answerOf, answerWords, contactPermissionsQuery, whyOf } from './contact-permissions.ts';
import classes from './permission-marks.module.css';

interface PermissionMarksProps {
  readonly point: PermittedPoint;
  /**
   * `full`: each category with a mark of its own. `brief`: a word a channel. `still`: brief, and for a place inside
   * something that is itself pressed or chosen, where nothing else may take the focus.
   */
  readonly size?: 'full' | 'brief' | 'still';
}

/** May this number or address be used, for what, and why (not): a sign and a word for each, the reason on focus. */
function PermissionMarks({ point, size = 'brief' }: PermissionMarksProps): ReactNode {
  const why = point.uses.map(whyOf).join('\n');
  const marks = size === 'full' ? point.uses.map(fullMarks) : point.uses.map(briefMark);
  if (size === 'still') {
    return (
      <span className={classes['marks']} title={why}>
        {marks}
      </span>
    );
  }
  return (
    <WithReason why={why}>
      {(describedBy) => (
        <button type="button" className={classes['marks']} aria-describedby={describedBy}>
          <VisuallyHidden>May we use {point.display}? </VisuallyHidden>
          {marks}
        </button>
      )}
    </WithReason>
  );
}

interface WithReasonProps {
  readonly why: string;
  readonly children: (describedBy: string) => ReactNode;
}

/** The reason comes up under the pointer, on focus and at a touch, and is read out as the description. */
function WithReason({ why, children }: WithReasonProps): ReactNode {
  const id = useId();
  return (
    <>
      <Tooltip
        label={why}
        multiline={true}
        maw={340}
        style={{ whiteSpace: 'pre-line' }}
        // Within the landmark, so that what it says is no stray text outside of it.
        withinPortal={false}
        events={{ hover: true, focus: true, touch: true }}
      >
        {children(id) as React.JSX.Element}
      </Tooltip>
      <VisuallyHidden id={id}>{why}</VisuallyHidden>
    </>
  );
}

function briefMark(use: ContactUse): ReactNode {
  const answer = answerOf(use);
  return (
    <span key={use.channel} className={classes['mark']} data-answer={answer}>
      <Sign answer={answer} />
      {use.label} {answerWords[answer]}
    </span>
  );
}

function fullMarks(use: ContactUse): ReactNode {
  const isStopped = use.stopped !== null;
  return (
    <span key={use.channel} className={classes['use']}>
      <span className={classes['label']}>{use.label}</span>
      {isStopped ? (
        <span className={classes['mark']} data-answer="stopped">
          <Sign answer="stopped" /> No contact
        </span>
      ) : (
        <>
          <CategoryMark name="Service" allowed={use.service.allowed} />
          <CategoryMark name="Marketing" allowed={use.marketing.allowed} />
        </>
      )}
    </span>
  );
}

function CategoryMark({ name, allowed }: { readonly name: string; readonly allowed: boolean }): ReactNode {
  return (
    <span className={classes['mark']} data-answer={allowed ? 'both' : 'neither'}>
      <Sign answer={allowed ? 'both' : 'neither'} />
      {name} {allowed ? 'yes' : 'no'}
    </span>
  );
}

const strokes: Readonly<Record<Answer, string>> = {
  both: 'M3 8.5l3.2 3.2L13 4.8',
  service: 'M3 8.5l3.2 3.2L13 4.8',
  marketing: 'M3 8.5l3.2 3.2L13 4.8',
  neither: 'M4 4l8 8M12 4l-8 8',
  stopped: 'M3.8 3.8l8.4 8.4',
};

/** A tick, a tick in a broken ring, a cross, or the sign of no entry: told apart by shape as well as by colour. */
function Sign({ answer }: { readonly answer: Answer }): ReactNode {
  const ring = answer === 'stopped' || answer === 'service' || answer === 'marketing';
  return (
    <svg className={classes['sign']} viewBox="0 0 16 16" aria-hidden="true">
      {ring && <circle cx="8" cy="8" r="6.5" strokeDasharray={answer === 'stopped' ? undefined : '3 2'} />}
      <path
        d={strokes[answer]}
        transform={ring && answer !== 'stopped' ? 'translate(3.2 3.2) scale(.6)' : ''}
      />
    </svg>
  );
}

interface PointMarksProps {
  readonly customerId: string;
  readonly pointId: string;
}

/** The marks of one number or address that is on screen already. */
export function PointMarks({ customerId, pointId }: PointMarksProps): ReactNode {
  const { data } = useQuery(contactPermissionsQuery(customerId));
  const point = data?.points.find(({ id }) => id === pointId);
  return point === undefined ? null : <PermissionMarks point={point} size="full" />;
}

interface ReachProps {
  readonly customerId: string;
  /** `phone`: the number that is rung first. `all`: every number and address. */
  readonly show?: 'phone' | 'all';
  readonly still?: boolean;
}

/** How somebody in a list is reached, with what each number and address may be used for. */
export function Reach({ customerId, show = 'all', still = false }: ReachProps): ReactNode {
  const { data } = useQuery(contactPermissionsQuery(customerId));
  if (data === undefined || data === null) return null;
  const points = show === 'all' ? data.points : data.points.slice(0, 1);
  return (
    <span className={classes['reach']}>
      {data.stopped !== null && (
        <span className={classes['mark']} data-answer="stopped">
          <Sign answer="stopped" />
          No contact: {data.stopped}
        </span>
      )}
      {data.stopped === null && points.length === 0 && (
        <span className={classes['nothing']}>No number or address is recorded.</span>
      )}
      {points.map((point) => (
        <span key={point.id} className={classes['point']}>
          <span className={classes['value']}>{point.display}</span>
          {data.stopped === null && <PermissionMarks point={point} size={still ? 'still' : 'brief'} />}
        </span>
      ))}
    </span>
  );
}
