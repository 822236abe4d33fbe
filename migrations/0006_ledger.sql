-- why: the append-only record of every permission event; insert only, by trigger and by grant, and no personal data.
create table wording (
  hash bytea primary key,
  text text not null,
  language text not null default 'en-GB',
  registered_at timestamptz not null,
  constraint wording_hash_length check (octet_length(hash) = 32)
);

create table ledger_event (
  customer_id uuid not null,
  sequence integer not null,
  kind text not null,
  act jsonb not null,
  cells jsonb not null,
  occurred_at timestamptz,
  recorded_at timestamptz not null,
  actor_kind text not null,
  actor_id text,
  method text,
  wording_hash bytea references wording (hash),
  evidence_commitment bytea,
  legal_entity_id smallint not null references legal_entity (id),
  batch_id uuid,
  corrects integer,
  previous_hash bytea not null,
  hash bytea not null,
  -- why: no foreign key to customer: the proof outlives the profile (UK GDPR 17(3)(e)).
  primary key (customer_id, sequence),
  constraint ledger_event_sequence_positive check (sequence > 0),
  constraint ledger_event_corrects_earlier check (corrects is null or corrects < sequence),
  constraint ledger_event_hash_length check (octet_length(hash) = 32 and octet_length(previous_hash) = 32),
  constraint ledger_event_actor_known check (actor_kind in ('customer', 'staff', 'import', 'system'))
);
create index ledger_event_batch on ledger_event (batch_id) where batch_id is not null;

create table ledger_head (
  customer_id uuid primary key,
  sequence integer not null,
  hash bytea not null,
  -- why: keyed with the installation's secret, which is not in the database: whoever can write here still cannot forge it.
  seal bytea not null,
  constraint ledger_head_seal_length check (octet_length(seal) = 32)
);

create table evidence (
  customer_id uuid not null,
  id uuid not null,
  salt bytea not null,
  document jsonb not null,
  created_at timestamptz not null,
  primary key (customer_id, id)
);

create function refuse_ledger_change() returns trigger
language plpgsql as $$
begin
  raise exception 'The ledger is append-only: correct an entry by adding another.'
    using errcode = 'restrict_violation';
end;
$$;

create trigger ledger_event_append_only
before update or delete on ledger_event
for each row execute function refuse_ledger_change();

create trigger ledger_event_never_truncated
before truncate on ledger_event
for each statement execute function refuse_ledger_change();
