-- What somebody writes and has not published yet. A revision is never used twice, so that a draft which was thrown away and
-- begun anew is not taken for the old one.

create sequence rulebook_draft_revisions;

create table rulebook_drafts (
    rulebook_id  bigint not null references rulebooks on delete cascade,
    user_id      bigint not null references users on delete cascade,
    text         text not null,
    base_version integer not null,
    revision     bigint not null default nextval('rulebook_draft_revisions'),
    modified_at  timestamptz not null default now(),
    primary key (rulebook_id, user_id)
);

create index rulebook_drafts_user on rulebook_drafts (user_id);
