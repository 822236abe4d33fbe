-- why: one row says which installation this database belongs to; a secret of another installation is refused.
create table installation (
  id boolean primary key default true,
  secret_fingerprint bytea not null,
  created_at timestamptz not null default now(),
  constraint installation_single check (id),
  constraint installation_fingerprint_length check (octet_length(secret_fingerprint) = 32)
);
