-- Changes the settings that were read as version $2. Names that this program does not know stay as they are: a
-- newer one may run beside it.
update program set settings = settings || $1::jsonb, settings_version = settings_version + 1
where settings_version = $2
returning settings_version
