-- why: type-ahead over a million customers by company, postcode and number, generated numbers, and the review queue.
-- The indexes are made in the transaction of the migration: no installation has rows yet that would wait for them.
-- squawk-ignore-file require-concurrent-index-creation
alter table customer add column search_company text;
create index customer_search_company on customer (search_company collate "C" text_pattern_ops)
where search_company is not null;
create index customer_search_number on customer (lower(customer_number) collate "C" text_pattern_ops);

-- why: without spaces and in capitals, as people type a postcode in any way.
create index contact_point_postcode on contact_point (
  upper(replace(address ->> 'postcode', ' ', '')) collate "C" text_pattern_ops
)
where address is not null and removed_at is null;

create sequence customer_number_sequence as bigint start with 100001;
grant usage on sequence customer_number_sequence to navigator_app;

create index permission_standing_reviewed on permission_standing (reviewed_at, customer_id);
