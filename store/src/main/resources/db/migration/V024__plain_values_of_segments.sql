-- The filters of segments know truth values and small whole numbers too. Those that were written before do not: of them only
-- texts may be asked.

alter table history_segments add column plain boolean not null default false;
