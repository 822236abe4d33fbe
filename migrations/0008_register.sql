-- why: facts that stop or carry a message besides the customer's own answers: registers, suppressions, assessments, companies.
create table suppression (
  -- why: keyed hash of the normalised number or address, so that the list itself tells nobody who is on it.
  contact_hash bytea not null,
  suppressed_at timestamptz not null,
  recorded_at timestamptz not null,
  reason text not null,
  primary key (contact_hash, suppressed_at)
);

create table register_screening (
  register text not null,
  -- why: TPS and CTPS list numbers (E.164); MPS lists a name at an address, kept here by customer.
  subject text not null,
  listed_on date,
  screened_on date not null,
  recorded_at timestamptz not null,
  primary key (register, subject, recorded_at),
  constraint register_screening_register_known check (register in ('tps', 'mps'))
);

create table legitimate_interest_assessment (
  id uuid primary key,
  legal_entity_id smallint not null references legal_entity (id),
  channels text[] not null,
  categories text[] not null,
  purpose text not null,
  necessity text not null,
  balance text not null,
  approved_by text not null,
  effective_at timestamptz not null,
  review_on date not null,
  withdrawn_at timestamptz,
  constraint legitimate_interest_assessment_scope check (
    cardinality(channels) > 0 and cardinality(categories) > 0
  )
);

create table third_party (
  id uuid primary key,
  name text not null,
  created_at timestamptz not null
);
create unique index third_party_name_unique on third_party (lower(name));
