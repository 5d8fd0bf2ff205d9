-- What was asked and why it was decided so, as short texts: most of what a decision writes is this, and
-- nothing searches in it. Programs that do not know these columns go on with the two that they write;
-- where they read a newer decision, they show it without its reasons.
alter table decision
    add column summary text,
    add column reasons text,
    alter column request set default '{}',
    alter column why set default '{}';
