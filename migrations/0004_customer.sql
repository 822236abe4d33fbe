-- why: the profile of a customer: erasable, unlike the ledger, which holds no personal data.
create table customer (
  id uuid primary key,
  customer_number text not null,
  kind text not null,
  title text,
  forename text,
  surname text,
  company_name text,
  birth_on date,
  branch_id smallint not null references branch (id),
  prospect boolean not null default false,
  created_on date,
  last_contact_on date,
  -- why: what a type-ahead search compares with: lower case, accents and apostrophes folded.
  search_name text not null,
  search_given_name text not null,
  merged_into_id uuid,
  created_batch_id uuid,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint customer_kind_known check (
    kind in (
      'individual', 'sole_trader', 'partnership', 'scottish_partnership',
      'llp', 'company', 'government', 'unknown'
    )
  ),
  constraint customer_named check (surname is not null or forename is not null or company_name is not null)
);
create unique index customer_number_unique on customer (lower(customer_number));
create index customer_search_name on customer (search_name collate "C" text_pattern_ops);
create index customer_search_given_name on customer (search_given_name collate "C" text_pattern_ops);
create index customer_created_batch on customer (created_batch_id) where created_batch_id is not null;
create index customer_merged_into on customer (merged_into_id) where merged_into_id is not null;

create table contact_point (
  customer_id uuid not null references customer (id) on delete cascade,
  id uuid not null,
  kind text not null,
  -- why: as given, for people; `normalised` is what is compared and sent to, null when it cannot be used.
  value text not null,
  normalised text,
  address jsonb,
  -- why: the lowest rank of a kind is the one in use.
  rank smallint not null default 0,
  -- why: consent to calls belongs to the line it was given on; this is when the line came into use.
  in_use_since timestamptz not null,
  status text not null default 'ok',
  shared boolean not null default false,
  removed_at timestamptz,
  primary key (customer_id, id),
  constraint contact_point_kind_known check (kind in ('mobile', 'landline', 'email', 'postal', 'social')),
  constraint contact_point_status_known check (status in ('ok', 'bounced', 'unverified')),
  constraint contact_point_address_of_post check ((address is not null) = (kind = 'postal'))
);
create index contact_point_normalised on contact_point (normalised collate "C" text_pattern_ops)
where normalised is not null and removed_at is null;
