-- why: each look at a customer's data is attributable, and a repeated request is answered, not repeated.
create table access_log (
  id bigint generated always as identity primary key,
  accessed_at timestamptz not null,
  actor_kind text not null,
  actor_id text not null,
  action text not null,
  customer_id uuid,
  detail jsonb
);
create index access_log_customer on access_log (customer_id, id) where customer_id is not null;

create table idempotency_key (
  actor_id text not null,
  key text not null,
  request_hash bytea not null,
  response_status smallint,
  response_headers jsonb,
  response_body jsonb,
  created_at timestamptz not null,
  primary key (actor_id, key),
  constraint idempotency_key_length check (length(key) between 1 and 255)
);
create index idempotency_key_created_at on idempotency_key (created_at);
