-- why: what messages say is kept in versions that never change once approved, with who wrote and who approved each; and who messages are from.
create table message_template (
  id uuid primary key,
  name text not null,
  occasion text,
  channel text not null,
  category text not null,
  language text not null,
  version integer not null default 1,
  -- why: null for those that the program starts with.
  created_by text,
  created_at timestamptz not null,
  constraint message_template_name_given check (length(trim(name)) > 0),
  constraint message_template_channel_known check (channel in ('sms', 'letter', 'live_call', 'email')),
  constraint message_template_category_known check (
    category in (
      'service_message', 'service_follow_up', 'general_marketing', 'third_party_marketing', 'permission_request'
    )
  )
);
create unique index message_template_name_unique on message_template (lower(name), channel, language);

create table message_template_version (
  template_id uuid not null references message_template (id),
  number integer not null,
  subject text,
  body text not null,
  written_by text,
  written_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  -- why: phrases that look like promotion and that the approver said are none, with the reason.
  accepted_phrases text[] not null default '{}',
  accepted_because text,
  primary key (template_id, number),
  constraint message_template_version_positive check (number > 0),
  constraint message_template_version_body_given check (length(trim(body)) > 0),
  constraint message_template_version_accepted_with_reason check (
    (accepted_phrases = '{}') = (accepted_because is null)
  )
);
create unique index message_template_version_one_draft on message_template_version (template_id)
where approved_at is null;

create function refuse_change_of_approved_template() returns trigger
language plpgsql as $$
begin
  raise exception 'An approved version of a template is never changed: write another one.'
    using errcode = 'restrict_violation';
end;
$$;

create trigger message_template_version_approved_stays
before update or delete on message_template_version
for each row when (old.approved_at is not null) execute function refuse_change_of_approved_template();

create table message_sender (
  legal_entity_id smallint primary key references legal_entity (id),
  short_name text,
  address text[] not null,
  telephone text,
  email text,
  -- why: whether whoever wrote a version of a template may approve it.
  second_person boolean not null,
  version integer not null,
  changed_by text not null,
  changed_at timestamptz not null
);

grant select, insert, update on message_template, message_sender to navigator_app;
grant select, insert, update, delete on message_template_version to navigator_app;
