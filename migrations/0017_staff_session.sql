-- why: people sign in with a session of their own; guessing passwords is slowed down; the first administrator comes in by a link.
-- The constraint is added in the transaction of the migration: a dealer's staff are few, so nobody waits for it.
-- squawk-ignore-file adding-foreign-key-constraint, constraint-missing-not-valid
alter table staff_user
add column branch_id smallint,
add column version integer not null default 1,
add column last_signed_in_at timestamptz,
-- why: such accounts have a password that is printed, so they are disabled wherever the demonstration is off.
add column demonstration boolean not null default false,
add constraint staff_user_branch_id_fkey foreign key (branch_id) references branch (id);

create table staff_session (
  -- why: SHA-256 of the cookie's value, which nobody can read back from here.
  token_hash bytea primary key,
  user_id uuid not null references staff_user (id) on delete cascade,
  branch_id smallint not null references branch (id),
  signed_in_at timestamptz not null,
  last_used_at timestamptz not null,
  ends_at timestamptz not null,
  constraint staff_session_token_hash_length check (octet_length(token_hash) = 32)
);
create index staff_session_user_id on staff_session (user_id);
create index staff_session_ends_at on staff_session (ends_at);

create table sign_in_attempt (
  -- why: keyed hash of a username or an address, since people type passwords into the wrong box.
  subject_hash bytea primary key,
  attempts integer not null,
  forget_at timestamptz not null,
  constraint sign_in_attempt_subject_hash_length check (octet_length(subject_hash) = 32)
);
create index sign_in_attempt_forget_at on sign_in_attempt (forget_at);

create table set_up_link (
  id boolean primary key default true,
  token_hash bytea not null,
  valid_until timestamptz not null,
  constraint set_up_link_only_one check (id),
  constraint set_up_link_token_hash_length check (octet_length(token_hash) = 32)
);

create table staff_event (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  kind text not null,
  user_id uuid not null references staff_user (id),
  actor_kind text not null,
  actor_id text not null,
  constraint staff_event_kind_known check (
    kind in (
      'added', 'changed', 'role changed', 'password changed', 'disabled', 'enabled', 'signed in', 'signed out'
    )
  )
);
create index staff_event_user_id on staff_event (user_id, id);

grant select, insert, update, delete on staff_session, sign_in_attempt, set_up_link to navigator_app;
grant select, insert on staff_event to navigator_app;
