-- why: what came of reviews, by when it happened, without reading the entries of everything else that is recorded.
-- squawk-ignore-file require-concurrent-index-creation
create index ledger_event_review_outcome on ledger_event (recorded_at)
where kind in ('review_attempted', 'review_confirmed') or (kind = 'recorded' and act ->> 'review' = 'true');
