-- why: standing decisions: one narrow row a customer, and one a keeper link, with a code for each cell, judged by the
-- engine when a fact changes; bulk work reads them. Codes are explained in the domain's standing module.
create table permission_standing (
  customer_id uuid primary key references customer (id) on delete cascade,
  branch_id smallint not null,
  policy_version_id integer not null,
  judged_at timestamptz not null,
  holds_until timestamptz,
  ledger_sequence integer not null,
  reviewed_at timestamptz,
  names_third_parties boolean not null,
  sms_service_follow_up smallint not null,
  sms_general_marketing smallint not null,
  sms_third_party_marketing smallint not null,
  letter_service_follow_up smallint not null,
  letter_general_marketing smallint not null,
  letter_third_party_marketing smallint not null,
  live_call_service_follow_up smallint not null,
  live_call_general_marketing smallint not null,
  live_call_third_party_marketing smallint not null,
  automated_call_service_follow_up smallint not null,
  automated_call_general_marketing smallint not null,
  automated_call_third_party_marketing smallint not null,
  social_dm_service_follow_up smallint not null,
  social_dm_general_marketing smallint not null,
  social_dm_third_party_marketing smallint not null,
  social_audience_service_follow_up smallint not null,
  social_audience_general_marketing smallint not null,
  social_audience_third_party_marketing smallint not null,
  email_service_follow_up smallint not null,
  email_general_marketing smallint not null,
  email_third_party_marketing smallint not null
);
create index permission_standing_branch on permission_standing (branch_id);
create index permission_standing_holds_until on permission_standing (holds_until) where holds_until is not null;
create index permission_standing_policy on permission_standing (policy_version_id);

create table keeper_standing (
  customer_id uuid not null,
  vehicle_id uuid not null,
  sms_service_follow_up smallint not null,
  letter_service_follow_up smallint not null,
  live_call_service_follow_up smallint not null,
  automated_call_service_follow_up smallint not null,
  social_dm_service_follow_up smallint not null,
  social_audience_service_follow_up smallint not null,
  email_service_follow_up smallint not null,
  primary key (customer_id, vehicle_id),
  foreign key (customer_id, vehicle_id) references keeper (customer_id, vehicle_id) on delete cascade
);
