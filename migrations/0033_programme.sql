-- why: what the contact manager reminds customers of, in which steps; the usual ladder holds until somebody changes one.
create table programme (
  kind text primary key,
  is_on boolean not null,
  steps jsonb not null,
  version integer not null default 1,
  updated_by text not null,
  updated_at timestamptz not null,
  constraint programme_kind_known check (
    kind in (
      'mot_due', 'service_due', 'deferred_work', 'after_service', 'after_sale', 'birthday', 'lapsed_customer',
      'open_enquiry'
    )
  )
);
grant select, insert, update on programme to navigator_app;
