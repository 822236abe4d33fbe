-- why: a wording is written as a draft, has words of its own for the phone, and is read out once a named person approved it.
alter table wording_version add column phone_text text;
alter table wording_version add column approved_by text;
alter table wording_version add column approved_at timestamptz;
alter table wording_version
add constraint wording_version_phone_text_given check (length(trim(phone_text)) > 0) not valid;
alter table wording_version
add constraint wording_version_approval_whole check ((approved_by is null) = (approved_at is null)) not valid;

create table wording_draft (
  legal_entity_id smallint primary key references legal_entity (id),
  text text not null,
  phone_text text not null,
  -- why: null takes effect as soon as it is approved.
  in_force_from timestamptz,
  written_by text not null,
  written_at timestamptz not null,
  version integer not null,
  constraint wording_draft_text_given check (length(trim(text)) > 0 and length(trim(phone_text)) > 0)
);
grant select, insert, update, delete on wording_draft to navigator_app;

-- why: how often a version was read out is counted by the wordings that entries name; few entries of an import name one.
-- squawk-ignore require-concurrent-index-creation
create index ledger_event_wording on ledger_event (wording_hash) where wording_hash is not null;
