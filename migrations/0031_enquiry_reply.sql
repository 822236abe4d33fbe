-- why: who answered an enquiry, when and by which way; each answer was decided at its instant and stands in hand_over, too.
create table enquiry_reply (
  customer_id uuid not null,
  enquiry_id uuid not null,
  id uuid not null,
  channel text not null,
  -- why: free text names people: it goes with the profile, and the rest with it.
  text text,
  replied_at timestamptz not null,
  replied_by text not null,
  primary key (customer_id, enquiry_id, id),
  foreign key (customer_id, enquiry_id) references enquiry (customer_id, id)
  on update cascade on delete cascade,
  constraint enquiry_reply_channel_known check (channel in ('sms', 'letter', 'live_call', 'email')),
  constraint enquiry_reply_text_given check (text is null or length(trim(text)) > 0)
);

grant select, insert, update, delete on enquiry_reply to navigator_app;
