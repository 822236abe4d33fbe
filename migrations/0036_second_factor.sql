-- why: a password that was seen or guessed lets nobody in without the telephone of its owner.
create table second_factor (
  user_id uuid primary key references staff_user (id),
  -- why: sealed with the installation's secret, which is not in the database.
  secret_sealed bytea,
  added_at timestamptz,
  -- why: a code is taken once; whoever saw it being typed cannot type it again.
  last_step bigint not null default 0,
  pending_sealed bytea,
  pending_until timestamptz,
  constraint second_factor_added check ((secret_sealed is null) = (added_at is null)),
  constraint second_factor_pending check ((pending_sealed is null) = (pending_until is null))
);

create table recovery_code (
  user_id uuid not null references staff_user (id),
  code_hash bytea not null,
  used_at timestamptz,
  primary key (user_id, code_hash),
  constraint recovery_code_hash_length check (octet_length(code_hash) = 32)
);

create table sign_in_policy (
  version integer primary key,
  second_factor_roles text[] not null,
  set_at timestamptz not null,
  set_by text not null,
  constraint sign_in_policy_roles_known check (
    second_factor_roles <@ array['adviser', 'sales', 'marketing', 'manager', 'privacy', 'administrator']
  )
);
insert into sign_in_policy (version, second_factor_roles, set_at, set_by) values (1, '{}', now(), 'navigator');

grant select, insert, update, delete on second_factor, recovery_code to navigator_app;
grant select, insert on sign_in_policy to navigator_app;
