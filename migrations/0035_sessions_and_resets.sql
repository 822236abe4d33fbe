-- why: people see where they are signed in and end it, and a forgotten password is replaced by a link for one use.
-- Constraints and columns are made in the transaction of the migration: a dealer's staff are few, so nobody waits.
-- squawk-ignore-file adding-foreign-key-constraint, constraint-missing-not-valid, require-concurrent-index-creation, disallowed-unique-constraint, adding-field-with-default
alter table staff_session
-- why: a name for the session that lets nobody in.
add column id uuid not null default gen_random_uuid(),
add column browser text not null default 'A browser',
add column method text not null default 'password',
add constraint staff_session_id_unique unique (id),
add constraint staff_session_method_known check (
  method in ('password', 'password and code', 'password and recovery code', 'provider')
);

create table password_reset (
  user_id uuid primary key references staff_user (id),
  token_hash bytea not null unique,
  made_at timestamptz not null,
  valid_until timestamptz not null,
  constraint password_reset_token_hash_length check (octet_length(token_hash) = 32)
);

alter table staff_event drop constraint staff_event_kind_known;
alter table staff_event add constraint staff_event_kind_known check (
  kind in (
    'added', 'changed', 'role changed', 'password changed', 'disabled', 'enabled', 'signed in', 'signed out',
    'session ended', 'password reset', 'password chosen',
    'second factor added', 'second factor removed', 'second factor taken away', 'recovery code used',
    'recovery codes made', 'joined with provider'
  )
);

grant select, insert, update, delete on password_reset to navigator_app;
