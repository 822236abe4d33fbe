-- why: policy is versioned data with an effective instant; decisions of the past keep the policy of their time.
create table policy_version (
  id integer generated always as identity primary key,
  effective_at timestamptz not null,
  settings jsonb not null,
  -- why: a fresh database starts strict, but an upgrade must be told explicitly which policy the dealer chose.
  chosen_explicitly boolean not null,
  reason text,
  recorded_by text not null,
  recorded_at timestamptz not null,
  -- why: assume_legitimate_interest needs a named person who accepts the printed warning.
  warning_accepted_by text,
  warning_accepted text,
  constraint policy_version_warning_whole check ((warning_accepted_by is null) = (warning_accepted is null)),
  constraint policy_version_assumption_accepted check (
    settings ->> 'policy' <> 'assume_legitimate_interest' or warning_accepted_by is not null
  )
);
create index policy_version_effective_at on policy_version (effective_at, id);
