-- why: TPS and CTPS are two registers with subscribers of their own, and what was put on the do-not-contact list by mistake comes off it on record.
-- The constraints are made in the transaction of the migration: until now no command filled these tables.
-- squawk-ignore-file constraint-missing-not-valid, disallowed-unique-constraint, adding-serial-primary-key-field, require-concurrent-index-creation
alter table register_screening drop constraint register_screening_register_known;
alter table register_screening
add constraint register_screening_register_known check (register in ('tps', 'ctps', 'mps'));

-- why: put on again after it was taken off, it is on the list again, whatever day the objection is of.
alter table suppression drop constraint suppression_pkey;
alter table suppression add primary key (contact_hash, suppressed_at, recorded_at);
alter table suppression add column recorded_by text;
create index suppression_recorded_at on suppression (recorded_at);

create table suppression_removal (
  contact_hash bytea not null,
  recorded_at timestamptz not null,
  reason text not null,
  recorded_by text,
  primary key (contact_hash, recorded_at),
  constraint suppression_removal_reason_known check (reason in ('entered_in_error', 'another_holder'))
);

grant select, insert on suppression_removal to navigator_app;

-- why: a company was judged by what TPS said; CTPS has not been asked about its numbers yet.
update permission_standing standing set policy_version_id = 0
from customer
where customer.id = standing.customer_id and customer.kind in ('scottish_partnership', 'llp', 'company', 'government')
  and exists (select from register_screening where register_screening.register = 'tps');
