-- Who may do something here. Every object belongs to an organization.

create table organizations (
    id         bigint generated always as identity primary key,
    name       text not null,
    created_at timestamptz not null default now(),
    constraint organization_name unique (name)
);

insert into organizations (name) values ('Default');

create table users (
    id              bigint generated always as identity primary key,
    organization_id bigint not null references organizations,
    username        text not null,
    role            text not null check (role in ('admin', 'operator', 'viewer', 'auditor')),
    password_hash   text not null,
    generation      integer not null default 1,
    created_at      timestamptz not null default now(),
    constraint user_name unique (username)
);

-- Only hashes are kept. A token that is used twice revokes its family.
create table refresh_tokens (
    hash       text primary key,
    family     uuid not null,
    user_id    bigint not null references users on delete cascade,
    until      timestamptz not null,
    used       boolean not null default false,
    revoked    boolean not null default false,
    created_at timestamptz not null default now()
);

create index refresh_tokens_family on refresh_tokens (family);
create index refresh_tokens_user on refresh_tokens (user_id, until);
