-- why: permissions belong to a legal entity (the controller), work belongs to a branch, acts belong to people and keys.
create table legal_entity (
  id smallint generated always as identity primary key,
  name text not null,
  created_at timestamptz not null default now(),
  constraint legal_entity_name_unique unique (name),
  constraint legal_entity_name_given check (length(trim(name)) > 0)
);

create table branch (
  id smallint generated always as identity primary key,
  legal_entity_id smallint not null references legal_entity (id),
  code text not null,
  name text not null,
  created_at timestamptz not null default now(),
  constraint branch_code_given check (length(trim(code)) > 0)
);
create unique index branch_code_unique on branch (lower(code));

create table staff_user (
  id uuid primary key,
  username text not null,
  full_name text not null,
  role text not null,
  password_hash text not null,
  created_at timestamptz not null default now(),
  disabled_at timestamptz,
  constraint staff_user_role_known check (
    role in ('adviser', 'sales', 'marketing', 'manager', 'privacy', 'administrator')
  )
);
create unique index staff_user_username_unique on staff_user (lower(username));

create table api_key (
  id uuid primary key,
  name text not null,
  -- why: only the hash is stored; the key itself is shown once.
  key_hash bytea not null,
  scopes text[] not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  constraint api_key_hash_unique unique (key_hash),
  constraint api_key_scopes_given check (cardinality(scopes) > 0)
);
