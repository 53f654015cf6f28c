-- Whether the process holds an advisory lock as long as it lives: when that is gone, so is the process.
alter table attendants add column present boolean not null default false;
