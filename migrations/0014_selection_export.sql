-- why: an export hands over page by page and is summed up at its end, in one transaction; the cap counts what was lately sent.
-- The index is made in the transaction of the migration: no installation has rows yet that would wait for it.
-- squawk-ignore-file require-concurrent-index-creation
alter table hand_over alter constraint hand_over_export_id_fkey deferrable initially deferred;
create index hand_over_marketing on hand_over (handed_over_at, customer_id) where marketing;
