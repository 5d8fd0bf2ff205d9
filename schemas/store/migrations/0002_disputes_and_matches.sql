-- Disputes have names of their own under which their holds are found; programs that know no disputes
-- go on with the three kinds that they write. Checking the rows again is left out: they all fit.
alter table hold_key drop constraint hold_key_kind_check;
alter table hold_key add constraint hold_key_kind_check check (kind in ('j', 't', 'o', 'd')) not valid;

-- A force capture that nobody has found a purchase for. Programs that do not know the column leave it
-- at its default; the capture is booked all the same, only not listed.
alter table hold add column is_unmatched boolean not null default false;

-- `holdfast hold unmatched`, and the purchase that comes after its capture.
create index hold_unmatched on hold (shard, account, id) where is_unmatched;
